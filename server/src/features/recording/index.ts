import * as z from 'zod/mini';
import { RecordingId } from '#contract/recording/ids.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { Files } from '../file/index.ts';
import type { Sessions } from '../session/index.ts';
import { eraseWithSession, removeBytes, removeLeftOvers } from './erase.ts';
import { finishRecording } from './finish.ts';
import { serveRecordingFiles } from './links.ts';
import { receiveParts } from './receive.ts';
import type { RecordingParts } from './recording-parts.ts';
import { eraseOld } from './retention.ts';
import { serveRecordings } from './routes.ts';
import { keepWatch } from './sweep.ts';
import { watchSession } from './watch-session.ts';

export { findRecordingsOf } from './store.ts';

const OneRecording = z.object({ recordingId: RecordingId });

/** Recordings: who has agreed, what may come in, the file that is made of it, and who may watch it for how long. */
export async function registerRecording(
  app: App,
  parts: FeatureParts,
  files: Files,
  sessions: Pick<Sessions, 'onLogged' | 'onErase' | 'sentFiles'>,
): Promise<void> {
  const mine: RecordingParts = { ...parts, files };
  watchSession(sessions, mine);
  eraseWithSession(sessions, mine);
  serveRecordings(app, mine);
  serveRecordingFiles(app, mine, sessions.sentFiles);
  receiveParts(mine);
  const { jobs, signal } = parts;
  jobs.work(signal, 'finish-recording', OneRecording, ({ recordingId }) => finishRecording(mine, recordingId));
  jobs.work(signal, 'remove-recording', OneRecording, ({ recordingId }) => removeBytes(mine, recordingId));
  jobs.every('erase-recordings', '41 * * * *', () => eraseOld(mine));
  jobs.every('sweep-recordings', '29 * * * *', () => removeLeftOvers(mine));
  await keepWatch(mine);
}
