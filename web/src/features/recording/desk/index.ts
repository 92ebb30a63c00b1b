import './recording.css';

export { PrivacyPage } from './privacy-page.tsx';
export { parseRecordingFilter } from './recording-filter.ts';
export { RecordingsPage } from './recordings-page.tsx';
