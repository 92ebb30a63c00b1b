export { SessionRecordings } from './session-recordings.tsx';
export { recordingTools } from './tools.tsx';
