import type { Drawing } from '#contract/annotation/drawing.ts';
import type { PictureId } from '#contract/annotation/ids.ts';
import type { ParticipantId } from '#contract/ids.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import type { Board } from '#core/annotation/board.ts';

/** Somebody who is in the recording. */
export interface Shown {
  readonly key: ParticipantId;
  readonly name: string;
  /** Without a picture a card with the name is shown. */
  readonly hasPicture: boolean;
}

/** What a recording's picture consists of: only those who may be captured. */
export interface Cast {
  readonly stage: Shown | null;
  readonly tiles: readonly Shown[];
  /** On the picture on stage. */
  readonly drawings: readonly Drawing[];
  /** Shown on stage instead of the live picture. */
  readonly frozen: PictureId | null;
}

/** Somebody who is in the session, as the cast is made of. */
export interface Person extends Shown {
  readonly own: boolean;
  readonly as: ParticipantKind;
  /** The member or device behind the participant: drawings name that as their author. */
  readonly author: string | null;
}

interface Session {
  readonly people: readonly Person[];
  /** Whose pictures, voices and drawings may be captured. */
  readonly who: ReadonlySet<ParticipantId>;
  readonly board: Pick<Board, 'drawings' | 'frozen'>;
  /** Who is on stage; null when that is not known. */
  readonly onStage: ParticipantId | null;
  /** Who is big where nobody was chosen. */
  readonly choose: (people: readonly Person[], wanted: ParticipantId | null) => ParticipantId | null;
}

/** Nobody. */
export const emptyCast: Cast = { stage: null, tiles: [], drawings: [], frozen: null };

/** Who and what is recorded now. Who may not be captured is not there, nor what they have drawn, nor what is drawn on their picture. */
export function castOf({ people, who, board, onStage, choose }: Session): Cast {
  const here = people.filter(({ key }) => who.has(key));
  const big = choose(here, onStage);
  const stage = here.find(({ key }) => key === big) ?? null;
  if (stage === null) return emptyCast;
  const authors = new Set(people.flatMap(({ key, author }) => (who.has(key) && author !== null ? [author] : [])));
  const drawings = board.drawings.flatMap(({ drawing, by }) => {
    const { surface } = drawing;
    const isHere = surface.kind !== 'still' && surface.participantId === stage.key;
    return isHere && authors.has(by) ? [drawing] : [];
  });
  const frozen = board.frozen?.participantId === stage.key ? board.frozen.pictureId : null;
  const shown = ({ key, name, hasPicture }: Person): Shown => ({ key, name, hasPicture });
  return { stage: shown(stage), tiles: here.filter((one) => one !== stage).map(shown), drawings, frozen };
}

/** The files that a cast needs: what is drawn on, and what is frozen. */
export const picturesOf = ({ drawings, frozen }: Cast): ReadonlySet<PictureId> =>
  new Set([
    ...drawings.flatMap(({ surface }) => (surface.kind === 'camera' ? [surface.pictureId] : [])),
    ...(frozen === null ? [] : [frozen]),
  ]);
