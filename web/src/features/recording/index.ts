export { SessionRecordings } from './session-recordings.tsx';
