import type { ScreenshotSource } from '#contract/file/events.ts';
import type { ScreenshotId } from '#contract/file/ids.ts';
import type { Person } from '#contract/person.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import type { TranscriptLine } from '../session/transcript.ts';

/** One version of a screenshot, as the log tells it. */
export interface ShotVersion {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly blurred: boolean;
  readonly author: Person;
  readonly at: string;
}

/** A screenshot, as the log tells it. */
export interface Shot {
  readonly id: ScreenshotId;
  /** 1, 2, 3 … within the session. */
  readonly number: number;
  readonly of: ScreenshotSource;
  readonly author: Person;
  readonly at: string;
  /** Oldest first; none while the picture is on its way, or after it was erased. */
  readonly versions: readonly ShotVersion[];
  readonly erased: 'retention' | 'by-hand' | null;
}

/** The screenshots of a session in the order they were taken: a fold over its transcript. */
export function shotsOf(lines: readonly TranscriptLine[]): readonly Shot[] {
  const shots = new Map<ScreenshotId, Shot>();
  for (const line of lines) {
    if (line.kind !== 'happened') continue;
    const { what, author, at } = line;
    if (what.kind === 'screenshot-taken') {
      const { screenshotId: id, number, of } = what;
      shots.set(id, { id, number, of, author, at, versions: [], erased: null });
    } else if (what.kind === 'screenshot-kept' || what.kind === 'screenshot-edited') {
      const shot = shots.get(what.screenshotId);
      if (shot === undefined) continue;
      shots.set(shot.id, { ...shot, versions: [...shot.versions, { ...what.version, author, at }] });
    } else if (what.kind === 'screenshot-erased') {
      const shot = shots.get(what.screenshotId);
      if (shot !== undefined) shots.set(shot.id, { ...shot, versions: [], erased: what.why });
    }
  }
  return [...shots.values()];
}

/** The versions that somebody may see: where something was blurred away, others than employees see no picture that still has it. */
export function versionsFor<V extends Pick<ShotVersion, 'blurred'>>(
  versions: readonly V[],
  as: ParticipantKind,
): readonly V[] {
  const hides = as !== 'expert' && versions.some(({ blurred }) => blurred);
  return hides ? versions.filter(({ blurred }) => blurred) : versions;
}
