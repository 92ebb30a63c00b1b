import type { ParticipantKind } from '#contract/session/events.ts';

/** A picture that can be on stage: one's own or somebody else's. */
export interface Candidate {
  /** `own`, or the participant's id. */
  readonly key: string;
  readonly own: boolean;
  readonly as: ParticipantKind;
  readonly cameraOn: boolean;
}

/** What is big, and what lies over its corner. */
export interface Stage {
  readonly big: string | null;
  readonly tiles: readonly string[];
}

/**
 * The machine is what it is about: the customer's camera is big on both sides while it is on, else somebody's face,
 * the other side's before one's own. A tap on a tile puts that one on stage until it goes.
 */
export function chooseStage(candidates: readonly Candidate[], pinned: string | null): Stage {
  const big =
    candidates.find((one) => one.key === pinned) ??
    candidates.find((one) => one.as === 'codeUser' && one.cameraOn) ??
    candidates.find((one) => !one.own && one.cameraOn) ??
    candidates.find((one) => !one.own) ??
    candidates[0];
  return {
    big: big?.key ?? null,
    tiles: candidates.filter((one) => one !== big).map((one) => one.key),
  };
}

/** The corners a tile can rest in. */
export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

/** The corner nearest to where a dragged tile was let go, in parts (0…1) of the stage. */
export function nearestCorner(x: number, y: number): Corner {
  return `${y < 0.5 ? 'top' : 'bottom'}-${x < 0.5 ? 'left' : 'right'}`;
}

/** Where an arrow key moves a tile, or null for any other key. */
export function cornerByKey(corner: Corner, key: string): Corner | null {
  const [vertical, horizontal] = corner.split('-');
  if (key === 'ArrowLeft') return vertical === 'top' ? 'top-left' : 'bottom-left';
  if (key === 'ArrowRight') return vertical === 'top' ? 'top-right' : 'bottom-right';
  if (key === 'ArrowUp') return horizontal === 'left' ? 'top-left' : 'top-right';
  if (key === 'ArrowDown') return horizontal === 'left' ? 'bottom-left' : 'bottom-right';
  return null;
}
