import type { Recording } from '#contract/recording/http.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import { fileTimeOf } from '#core/recording/index.ts';

/** A line of the transcript, and where in the file it happened, ms. */
export interface Chapter {
  readonly event: SessionEvent;
  readonly ms: number;
}

/** What a recording's file does itself says nothing about what is seen in it. */
const saysNothing = (kind: string) =>
  (kind.startsWith('recording-') && kind !== 'recording-paused') || kind === 'screenshot-kept';

/** The lines of the transcript that can be seen in the file, in their order. */
export function chaptersOf(events: readonly SessionEvent[], stretches: Recording['stretches']): readonly Chapter[] {
  const times = stretches.map(({ at, ...place }) => ({ ...place, at: Date.parse(at) }));
  const chapters: Chapter[] = [];
  for (const event of events) {
    if (saysNothing(event.body.kind)) continue;
    const ms = fileTimeOf(times, Date.parse(event.at));
    if (ms !== null) chapters.push({ event, ms });
  }
  return chapters;
}

/** Which chapter a moment of the file belongs to: the last that has begun; -1 before the first. */
export const chapterAt = (chapters: readonly Chapter[], ms: number): number =>
  // A jump lands on the nearest frame, which may be a little before the line.
  chapters.findLastIndex((chapter) => chapter.ms <= ms + 60);
