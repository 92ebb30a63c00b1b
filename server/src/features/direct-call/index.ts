import type { Outcome } from '#contract/errors.ts';
import { refused } from '#contract/errors.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { Listener, SocketAnswerValue } from '../../realtime/socket.ts';
import type { Sessions } from '../session/index.ts';
import { serveAvailability } from './availability-routes.ts';
import { createDeskPages } from './desk-pages.ts';
import type { DirectCallParts } from './direct-call-parts.ts';
import { missWhatIsLeftAlone } from './left-alone.ts';
import { stopRinging } from './over.ts';
import { serveDirectCalls } from './routes.ts';
import { keepWatch } from './sweep.ts';

export { isOfMissedCall } from './store.ts';

export interface DirectCalls {
  /** The socket's ask `active`. */
  active(listener: Listener): Promise<Outcome<SocketAnswerValue>>;
  /** A page of the desk has begun to hear; it is open until the listener is gone. */
  pageOpened(listener: Listener): Promise<void>;
}

/** Direct calls (A12): who is available, what rings at whom, who was first, and what becomes of a call that nobody answers. */
export function registerDirectCall(
  app: App,
  parts: FeatureParts,
  sessions: Pick<Sessions, 'isAttached' | 'onLogged'>,
): DirectCalls {
  const pages = createDeskPages(parts.clock);
  const mine: DirectCallParts = { ...parts, pages, sessions };
  serveAvailability(app, mine);
  serveDirectCalls(app, mine);
  stopRinging(sessions);
  // Who comes out of a session has done something until now, though on none of the desk's pages.
  sessions.onLogged(['participant-joined', 'participant-left'], async (change, _row, { author }) => {
    if (author.kind === 'member') change.afterCommit(() => pages.touch(author.id));
  });
  const watch = keepWatch(mine);
  parts.jobs.every('sweep-calls', '* * * * *', () => missWhatIsLeftAlone(parts));
  return {
    active: async (listener) => {
      const actor = await listener.actor();
      if (actor.kind !== 'member') return refused(actor.kind === 'nobody' ? 'not-signed-in' : 'not-found');
      pages.touch(actor.id);
      watch.look();
      return { ok: true, value: {} };
    },
    pageOpened: async (listener) => {
      const actor = await listener.actor();
      if (actor.kind !== 'member') return;
      pages.add(actor.id, listener.signal);
      watch.look();
    },
  };
}
