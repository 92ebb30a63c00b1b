import { randomUUID } from 'node:crypto';
import * as files from '#contract/file/http.ts';
import * as sessions from '#contract/session/http.ts';
import { fresh, joined, type Row } from './access-row.ts';
import type { ActorName, World } from './access-world.ts';
import { addVersion, takeScreenshot, uploadVersion } from './harness/screenshots.ts';

/** A session that the actor has joined, if they may, with a screenshot that an employee took in it. */
async function withScreenshot(world: World, actor: ActorName) {
  const { sessionId } = await joined(world, actor);
  const other = world.people[actor === 'admin' ? 'coAdmin' : 'admin'];
  const body = fresh({ tabId: randomUUID() });
  const { you } = await other.get(sessions.joinSession, { params: { sessionId }, body });
  const participantId = you.participantId ?? '';
  return { sessionId, participantId, other, screenshotId: await takeScreenshot(other, sessionId, participantId) };
}

/** Uploads of the actor's, who may have some; others are refused before it matters that there are none. */
async function versionOf(world: World, actor: ActorName, sessionId: string) {
  const isIn = ['expert', 'coAdmin', 'admin', 'owner'].includes(actor);
  const none = { picture: randomUUID(), painted: randomUUID(), thumbnail: randomUUID() };
  const uploads = isIn ? await uploadVersion(world.people[actor], sessionId) : none;
  return fresh({ from: 0, ...uploads, drawings: [], blurred: false });
}

/** The routes of screenshots; their files: screenshots-access.test.ts. */
export const screenshotRows: readonly Row[] = [
  {
    route: files.takeScreenshot,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { sessionId, participantId } = await withScreenshot(world, actor);
      const of = { kind: 'camera', participantId };
      return { params: { sessionId }, body: fresh({ screenshotId: randomUUID(), of }) };
    },
  },
  {
    route: files.takeScreenshot,
    when: 'not joined',
    answers: 'login login not-joined not-joined not-joined not-joined none none none',
    wish: async (world, actor) => ({
      params: { sessionId: await world.newSession(actor) },
      body: fresh({ screenshotId: randomUUID(), of: { kind: 'camera', participantId: randomUUID() } }),
    }),
  },
  {
    route: files.addScreenshotVersion,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => {
      const { sessionId, screenshotId } = await withScreenshot(world, actor);
      return { params: { sessionId, screenshotId }, body: await versionOf(world, actor, sessionId) };
    },
  },
  {
    route: files.listScreenshots,
    answers: 'login login ok ok ok ok none none none',
    wish: async (world, actor) => ({ params: { sessionId: (await withScreenshot(world, actor)).sessionId } }),
  },
  {
    route: files.eraseScreenshot,
    answers: 'login login ok ok ok no none none none',
    wish: async (world, actor) => {
      const { sessionId, screenshotId, other } = await withScreenshot(world, actor);
      await addVersion(other, sessionId, screenshotId);
      return { params: { sessionId, screenshotId }, body: fresh() };
    },
  },
];
