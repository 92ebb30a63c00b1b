import type { RecordingPartId } from '#contract/recording/ids.ts';
import type { RecordedTime } from './facts.ts';

/** A stretch of the file without a gap in time: where it begins in the file, and the server's time then, in ms. */
export interface Stretch {
  readonly fromMs: number;
  readonly at: number;
  readonly lengthMs: number;
}

/** A part as it turned out. */
export interface MeasuredPart {
  readonly partId: RecordingPartId;
  /** Of its frames in the file, pauses left out. */
  readonly lengthMs: number;
  /** Server ms of the last bytes that came. */
  readonly lastBytesAt: number;
}

/**
 * Where each moment of the session is in the finished file. The log says when a page was told to pause, to go on and to stop,
 * which it does at once; it does not say when the first frame was, as that is known with the first bytes, about a second later.
 * So each part is laid out from its end: its times between pauses count as logged, and the first begins early enough for all of
 * the part's frames. A part that broke off ends with its last bytes.
 */
export function layOut(recorded: readonly RecordedTime[], parts: readonly MeasuredPart[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let fromMs = 0;
  for (const part of parts) {
    const times = recorded.filter(({ partId }) => partId === part.partId);
    let left = part.lengthMs;
    const own: { at: number; lengthMs: number }[] = [];
    for (const [behind, time] of [...times].reverse().entries()) {
      const until = Math.max(time.from, Math.min(time.until ?? part.lastBytesAt, part.lastBytesAt));
      const isFirst = behind === times.length - 1;
      const lengthMs = isFirst ? left : Math.min(left, until - time.from);
      left -= lengthMs;
      own.unshift({ at: until - lengthMs, lengthMs });
    }
    for (const { at, lengthMs } of own) {
      if (lengthMs <= 0) continue;
      stretches.push({ fromMs, at, lengthMs });
      fromMs += lengthMs;
    }
  }
  return stretches;
}

/**
 * Where in the file a moment is, in ms. In a pause: where it goes on. Null before the first frame and after the last.
 */
export function fileTimeOf(stretches: readonly Stretch[], at: number): number | null {
  const [first] = stretches;
  if (first === undefined || at < first.at) return null;
  const stretch = stretches.find((one) => at < one.at + one.lengthMs);
  return stretch === undefined ? null : stretch.fromMs + Math.max(0, at - stretch.at);
}

/** Which moment of the session a place in the file shows, in server ms; null past its end. */
export function instantOf(stretches: readonly Stretch[], fileMs: number): number | null {
  const stretch = stretches.find(({ fromMs, lengthMs }) => fileMs < fromMs + lengthMs);
  return stretch === undefined ? null : stretch.at + Math.max(0, fileMs - stretch.fromMs);
}
