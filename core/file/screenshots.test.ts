import { expect, it } from 'vitest';
import { PictureId } from '#contract/annotation/ids.ts';
import { ScreenshotId } from '#contract/file/ids.ts';
import type { Person } from '#contract/person.ts';
import type { Happened, TranscriptLine } from '../session/transcript.ts';
import { shotsOf, versionsFor } from './screenshots.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const screenshotId = ScreenshotId.parse(uuid(1));
const of = { kind: 'still', pictureId: PictureId.parse(uuid(2)) } as const;
const author: Person = { kind: 'system' };
const version = (number: number, blurred = false) => ({ number, width: 640, height: 480, blurred });

const linesOf = (...all: readonly Happened[]): TranscriptLine[] =>
  all.map((what, i) => ({ kind: 'happened', seq: i + 1, at: '2026-11-20T12:00:00Z', author, what }));
const taken: Happened = { kind: 'screenshot-taken', screenshotId, number: 1, of };

it('has no version while the picture is on its way', () => {
  expect(shotsOf(linesOf(taken))).toMatchObject([{ id: screenshotId, number: 1, versions: [], erased: null }]);
});

it('collects the versions in order', () => {
  const kept: Happened = { kind: 'screenshot-kept', screenshotId, version: version(1) };
  const edited: Happened = { kind: 'screenshot-edited', screenshotId, version: version(2, true) };
  const [shot] = shotsOf(linesOf(taken, kept, edited));
  expect(shot?.versions.map(({ number, blurred }) => [number, blurred])).toEqual([
    [1, false],
    [2, true],
  ]);
});

it('keeps an erased one as a line without a picture', () => {
  const kept: Happened = { kind: 'screenshot-kept', screenshotId, version: version(1) };
  const erased: Happened = { kind: 'screenshot-erased', screenshotId, number: 1, why: 'retention' };
  expect(shotsOf(linesOf(taken, kept, erased))).toMatchObject([{ versions: [], erased: 'retention' }]);
});

it('hides from customers what was blurred away, and nothing where nothing was', () => {
  const all = [version(1), version(2, true), version(3)];
  expect(versionsFor(all, 'expert').map(({ number }) => number)).toEqual([1, 2, 3]);
  expect(versionsFor(all, 'codeUser').map(({ number }) => number)).toEqual([2]);
  expect(versionsFor([version(1), version(2)], 'codeUser').map(({ number }) => number)).toEqual([1, 2]);
});
