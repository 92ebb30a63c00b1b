import { expect, test } from 'vitest';
import * as access from '#contract/access/http.ts';
import * as policies from '#contract/access/policies.ts';
import * as annotation from '#contract/annotation/http.ts';
import * as call from '#contract/call/http.ts';
import * as quality from '#contract/call/quality.ts';
import * as directCalls from '#contract/direct-call/http.ts';
import * as files from '#contract/file/http.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import * as notifications from '#contract/notification/http.ts';
import * as recordings from '#contract/recording/http.ts';
import { casePdfPath } from '#contract/report/http.ts';
import * as requests from '#contract/request/http.ts';
import type { Route } from '#contract/route.ts';
import * as sessions from '#contract/session/http.ts';
import * as linking from '#contract/session/linking.ts';
import * as ratings from '#contract/session/rating.ts';
import * as visibility from '#contract/session/visibility.ts';
import * as tickets from '#contract/ticket/http.ts';
import { nameOf, tryRows } from './access-cells.ts';
import { ownRows, rows } from './access-table.ts';

const { server } = tryRows(ownRows);

const isRoute = (thing: unknown): thing is Route =>
  typeof thing === 'object' && thing !== null && 'method' in thing && 'path' in thing && 'reply' in thing;

test('the table has every route of the contract', () => {
  const routes = [
    [access, policies, tickets, sessions, linking, visibility, ratings],
    [call, quality, annotation, files, recordings, requests, directCalls, notifications],
  ]
    .flat()
    .flatMap((module) => Object.values<unknown>(module))
    .filter(isRoute);
  const tried = new Set(rows.map(({ route }) => nameOf(route)));
  expect(routes.map(nameOf).filter((name) => !tried.has(name))).toEqual([]);
  expect(routes.length).toBeGreaterThan(30);
});

test('the server has no route under /api that the contract does not have', () => {
  // Files: access-socket.test.ts and pictures.test.ts ask for them as everybody.
  const codePictures = Object.values(access.codePicturePaths).map((path) => `GET ${path}`);
  const pictures = ['GET', 'PUT', 'DELETE'].map((method) => `${method} ${annotation.picturePath}`);
  // Uploads: features/file/uploads.test.ts; files of recordings: recording-files.test.ts.
  const uploads = [`POST ${uploadsPath}`, `PATCH ${uploadsPath}/:uploadId`, `DELETE ${uploadsPath}/:uploadId`];
  // screenshots-access.test.ts
  const screenshots = [`GET ${files.screenshotFilePath}`, `GET ${files.screenshotsArchivePath}`];
  // requests-times.test.ts
  const calendar = `GET ${requests.calendarPath}`;
  const fileRoutes = [
    ...codePictures,
    ...pictures,
    ...uploads,
    ...screenshots,
    `GET ${recordings.recordingFilePath}`,
    // case-pdf.test.ts
    `GET ${casePdfPath}`,
    calendar,
  ];
  const known = new Set([...rows.map(({ route }) => nameOf(route)), ...fileRoutes]);
  const served = server()
    .routes()
    .filter((name) => name.includes('/api/') && !name.startsWith('HEAD '));
  expect(served.filter((name) => !known.has(name))).toEqual([]);
  expect(served.length).toBeGreaterThanOrEqual(known.size);
});
