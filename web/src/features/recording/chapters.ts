import type { Recording } from '#contract/recording/http.ts';
import type { SessionEvent } from '#contract/session/http.ts';

type Stretches = Recording['stretches'];

/** A line of the transcript, and where in the file it happened, ms. */
export interface Chapter {
  readonly event: SessionEvent;
  readonly ms: number;
}

/** What a recording's file does itself says nothing about what is seen in it. */
const saysNothing = (kind: string) =>
  (kind.startsWith('recording-') && kind !== 'recording-paused') || kind === 'screenshot-kept';

/**
 * Where a moment of the session, ms of the server's clock, is in the file. What happened while the recording paused is where it goes on;
 * null before its first and after its last frame.
 */
export function placeOf(at: number, stretches: Stretches): number | null {
  const [first] = stretches;
  if (first === undefined || at < Date.parse(first.at)) return null;
  for (const { at: began, fromMs, lengthMs } of stretches) {
    const into = at - Date.parse(began);
    if (into <= lengthMs) return fromMs + Math.max(0, into);
  }
  return null;
}

/** The lines of the transcript that can be seen in the file, in their order. */
export function chaptersOf(events: readonly SessionEvent[], stretches: Stretches): readonly Chapter[] {
  const chapters: Chapter[] = [];
  for (const event of events) {
    if (saysNothing(event.body.kind)) continue;
    const ms = placeOf(Date.parse(event.at), stretches);
    if (ms !== null) chapters.push({ event, ms });
  }
  return chapters;
}

/** Which chapter a moment of the file belongs to: the last that has begun; -1 before the first. */
export const chapterAt = (chapters: readonly Chapter[], ms: number): number =>
  // A jump lands on the nearest frame, which may be a little before the line.
  chapters.findLastIndex((chapter) => chapter.ms <= ms + 60);
