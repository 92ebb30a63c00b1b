/* What the desk needs of a session's page before it opens one. */
export { inMemory, safeStorage } from '../tab.ts';
