import type { Mails } from './mails.ts';

/** For a server in a test that sends none, or whose mails the test takes itself. */
export const noMails: Mails = {
  send: async () => undefined,
  askBefore: () => undefined,
  state: async () => ({ delivery: 'folder', from: 'test@example.org', waiting: 0, lastFailure: null }),
};
