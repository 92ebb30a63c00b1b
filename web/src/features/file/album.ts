import type { ScreenshotId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { ParticipantKind } from '#contract/session/events.ts';
import { type Shot, shotsOf } from '#core/file/screenshots.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import type { RecordHost } from '../session/index.ts';
import { openSender } from './browser-sender.ts';
import type { Sender, SenderParts } from './sender.ts';

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

/** What the viewer of one screenshot needs. */
export interface ViewerProps {
  readonly album: Album;
  readonly opened: ScreenshotId;
  readonly open: (id: ScreenshotId | null) => void;
}

/** Opens the screenshots of a session until `life` ends; what this device still keeps goes up meanwhile. */
export function openAlbum(
  life: AbortSignal,
  { ask, speaker, facts }: Omit<RecordHost, 'reread'>,
  onRefused: SenderParts['onRefused'] = () => undefined,
): Album {
  const { id: sessionId, you } = facts.session.get();
  const shots = createStore<readonly Shot[]>([]);
  watch(life, facts.log, ({ lines }) => shots.set(shotsOf(lines)));
  const sender = openSender(life, onRefused);
  return { sessionId, as: you.as, ask, speaker: speaker.as ?? null, shots, sender };
}
