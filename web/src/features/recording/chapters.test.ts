import { expect, test } from 'vitest';
import type { SessionEventBody } from '#contract/session/events.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { chapterAt, chaptersOf } from './chapters.ts';

const noon = Date.UTC(2026, 10, 20, 12);
const at = (seconds: number) => new Date(noon + seconds * 1000).toISOString();
/** Ten seconds recorded from 12:00:10 on, a pause of twenty, five more. */
const stretches = [
  { fromMs: 0, at: at(10), lengthMs: 10_000 },
  { fromMs: 10_000, at: at(40), lengthMs: 5_000 },
];
let seq = 0;
const event = (seconds: number, body: SessionEventBody): SessionEvent => ({
  seq: ++seq,
  at: at(seconds),
  author: { kind: 'system' },
  requestId: null,
  body,
});
const said = (seconds: number, text: string) => event(seconds, { kind: 'message-said', text });

test('chapters are the lines that can be seen; what the recording itself does is none', () => {
  const events = [
    said(2, 'before'),
    event(10, { kind: 'recording-began', recordingId: id(1), partId: id(2), participantId: id(3) }),
    said(12, 'first'),
    said(30, 'in the pause'),
    said(44, 'last'),
    said(50, 'after'),
  ];
  const chapters = chaptersOf(events, stretches);
  expect(chapters.map(({ event: { body }, ms }) => ['text' in body ? body.text : body.kind, ms])).toEqual([
    ['first', 2_000],
    ['in the pause', 10_000],
    ['last', 14_000],
  ]);
  expect([0, 2_000, 9_000, 10_000, 15_000].map((ms) => chapterAt(chapters, ms))).toEqual([-1, 0, 0, 1, 2]);
});

function id(n: number): never {
  return `00000000-0000-4000-8000-00000000000${n}` as never;
}
