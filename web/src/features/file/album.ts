import type { SessionId } from '#contract/ids.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import type { Shot } from '#core/file/screenshots.ts';
import type { Ask } from '#web/http/client.ts';
import type { ReadableStore } from '#web/state/store.ts';
import type { Sender } from './sender.ts';

/** The screenshots of one session, and the way to change them. */
export interface Album {
  readonly sessionId: SessionId;
  readonly as: ParticipantKind;
  readonly ask: Ask;
  /** How requests past `ask` say who is speaking. */
  readonly speaker: 'code' | null;
  readonly shots: ReadableStore<readonly Shot[]>;
  readonly sender: Sender;
}
