/** A recording as the session's log tells of it: its state, who may be captured, and which moment is where in the file. */
export {
  type EndReason,
  hasAgreed,
  isAsked,
  isUnderWay,
  mayCapture,
  type RecordingFacts,
  recordedMs,
  withoutYes,
} from './facts.ts';
export { currentRecording, extendRecordings, foldRecordings, noRecordings, type RecordingsLog } from './fold.ts';
export { fileTimeOf, layOut } from './stretches.ts';
