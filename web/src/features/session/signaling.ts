import * as routes from '#contract/call/http.ts';
import type { IceServer, ParkedOffer, Signal } from '#contract/call/index.ts';
import { ParticipantId, type SessionId, type TabId } from '#contract/ids.ts';
import type { Signaling } from '#web/call/index.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';

interface Parts {
  readonly ask: Ask;
  readonly connection: Connection;
  readonly sessionId: SessionId;
  readonly tabId: TabId;
  /** The offer that came with the page: whatever answers it names it, so that nobody else gets it. */
  readonly parkedOffer: ParkedOffer | null;
}

/** The call's way through the server: signals go by HTTP and come by socket. */
export function createSignaling({ ask, connection, sessionId, tabId, parkedOffer }: Parts): Signaling {
  const params = { sessionId };
  // Two requests at once may overtake each other, and candidates that arrive before their offer make the other side
  // begin by itself: both then wait for answers that nobody gives. One after the other they keep their order.
  const last = new Map<string, Promise<void>>();
  const post = async (to: string, signal: Signal) => {
    const answersParked =
      parkedOffer?.participantId === to && signal.parts.some((part) => part.kind === 'answer')
        ? { offerId: parkedOffer.offerId }
        : {};
    const body = { tabId, to: ParticipantId.parse(to), signal, ...answersParked };
    const reply = await ask(routes.postSignal, { params, body });
    if (!reply.ok) throw new Error(reply.code);
  };
  return {
    send(to, signal) {
      const send = () => post(to, signal);
      const sent = (last.get(to) ?? Promise.resolve()).then(send, send);
      last.set(to, sent);
      return sent;
    },
    onSignal(life, listener) {
      connection.on(life, 'signal', (tell) => {
        if (tell.sessionId === sessionId) listener(tell.from, tell.signal);
      });
    },
    async parkOffer(offer) {
      const reply = await ask(routes.parkOffer, { params, body: { tabId, offer } });
      if (!reply.ok) throw new Error(reply.code);
    },
  };
}

/** Every so often credentials are renewed, long before they end. */
const RENEW_MS = 20 * 60_000;

/** The list of STUN and TURN servers, kept fresh: a reconnect after an hour must not fail for an old password. */
export function keepIceServers(
  life: AbortSignal,
  { ask, sessionId }: Pick<Parts, 'ask' | 'sessionId'>,
  first: readonly IceServer[],
): () => readonly IceServer[] {
  let servers = first;
  const timer = setInterval(async () => {
    const reply = await ask(routes.readIceServers, { params: { sessionId }, signal: life });
    if (reply.ok) servers = reply.value.iceServers;
  }, RENEW_MS);
  life.addEventListener('abort', () => clearInterval(timer), { once: true });
  return () => servers;
}
