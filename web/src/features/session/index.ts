export { mountSession } from './session-page.tsx';
