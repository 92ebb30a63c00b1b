/** A trivial server for the transport alone: pages, signals by server-sent events, parked offers by the product's own store. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';
import { createParkedOffers } from '#server/features/call/parked-offers.ts';
import { type IceServer, parsedBody } from './wire.ts';

export interface CallLab {
  readonly origin: string;
  /** While down, every request is refused and what was open is cut, as if the server had been killed. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

/** Made once for all labs of a run. */
let bundled: Promise<string> | null = null;

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      rollupOptions: { input: new URL('./page.ts', import.meta.url).pathname, output: { format: 'es' } },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  for (const made of outputs) {
    if (!('output' in made)) continue;
    for (const chunk of made.output) if (chunk.type === 'chunk' && chunk.isEntry) return chunk.code;
  }
  throw new Error('The lab page was not built');
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

export async function startCallLab(iceServers: readonly IceServer[] = [], port = 0): Promise<CallLab> {
  bundled ??= bundle();
  const script = await bundled;
  const parked = createParkedOffers(() => Date.now());
  const hearers = new Map<string, ServerResponse>();
  const joined = new Set<string>();
  let down = false;
  const tell = (room: string, who: string | null, message: unknown): void => {
    for (const [key, response] of hearers) {
      if (key === `${room}/${who}` || (who === null && key.startsWith(`${room}/`))) {
        response.write(`data: ${JSON.stringify(message)}\n\n`);
      }
    }
  };
  const tellJoined = (room: string): void =>
    tell(room, null, {
      kind: 'joined',
      ids: [...joined].filter((key) => key.startsWith(`${room}/`)).map((key) => key.slice(room.length + 1)),
    });

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://lab');
    const room = url.searchParams.get('room') ?? 'room';
    const who = url.searchParams.get('who') ?? '';
    const answer = async (): Promise<void> => {
      if (down) {
        request.socket.destroy();
        return;
      }
      switch (url.pathname) {
        case '/page.js':
          response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
          return;
        case '/events': {
          const key = `${room}/${who}`;
          response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
          hearers.set(key, response);
          request.on('close', () => {
            if (hearers.get(key) !== response) return;
            hearers.delete(key);
            parked.drop(room, who);
          });
          response.write(': here\n\n');
          return;
        }
        case '/signal': {
          const body = parsedBody(await bodyOf(request));
          if (body.answers) parked.answered(room, body.answers);
          tell(room, body.to, { kind: 'signal', from: who, signal: body.signal });
          break;
        }
        case '/park': {
          const body = parsedBody(await bodyOf(request));
          if (body.offer) parked.park(room, body.offer);
          break;
        }
        case '/join':
          joined.add(`${room}/${who}`);
          tellJoined(room);
          break;
        case '/leave':
          joined.delete(`${room}/${who}`);
          tellJoined(room);
          break;
        case '/': {
          const others = [...joined].filter((key) => key.startsWith(`${room}/`) && key !== `${room}/${who}`);
          const bootstrap = {
            iceServers,
            joined: others.map((key) => key.slice(room.length + 1)),
            wasIn: joined.has(`${room}/${who}`),
            parkedOffer: parked.take(room, { participantId: who, tabId: who }),
          };
          const json = JSON.stringify(bootstrap).replaceAll('<', '\\u003c');
          response
            .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
            .end(
              `<!doctype html><title>${who}</title><style>video{width:320px;height:180px}</style><script type="application/json" id="bootstrap">${json}</script><video id="local" muted autoplay playsinline></video><div id="remote"></div><script type="module" src="/page.js"></script>`,
            );
          return;
        }
        case '/favicon.ico':
          break;
        default:
          response.writeHead(404).end();
          return;
      }
      response.writeHead(204).end();
    };
    answer().catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${address.port}`,
    setDown(next) {
      down = next;
      if (down) server.closeAllConnections();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
