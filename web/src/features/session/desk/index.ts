/* What other pages need of a session's page before they open it; without the page itself. */
export { inMemory, safeStorage } from '../tab.ts';
