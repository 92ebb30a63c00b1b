import http from 'node:http';
import https from 'node:https';
import type { Config } from '../config.ts';
import { CannotStart, codeOf, messageOf } from './cannot-start.ts';

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

/** The open ports. Until a handler is given every request is told that the server is starting. */
export type Listeners = {
  servers: (http.Server | https.Server)[];
  port: number;
  httpsPort: number | null;
  /** From now on requests go there. */
  serve(handler: Handler): void;
  /** From now on https connections get this certificate. */
  certify(certificate: { key: string; cert: string }): void;
  /** Takes no more connections and ends the open ones. */
  close(): Promise<void>;
};

/** Opens the http port and, with a certificate, the https one, before anything slow: a taken port is told at once. */
export async function openPorts(
  config: Pick<Config, 'host' | 'port' | 'httpsPort'>,
  certificate: { key: string; cert: string } | null,
): Promise<Listeners> {
  let current: Handler = tellStarting;
  const handler: Handler = (request, response) => current(request, response);
  const plain = http.createServer(handler);
  const secure = certificate === null || config.httpsPort === null ? null : https.createServer(certificate, handler);
  const servers = secure === null ? [plain] : [plain, secure];
  const port = await listen(plain, config.port, config.host, 'PORT');
  let httpsPort: number | null = null;
  if (secure !== null) {
    try {
      httpsPort = await listen(secure, config.httpsPort ?? 0, config.host, 'HTTPS_PORT');
    } catch (error) {
      await closeAll([plain]);
      throw error;
    }
  }
  return {
    servers,
    port,
    httpsPort,
    serve: (next) => {
      current = next;
    },
    certify: (next) => secure?.setSecureContext(next),
    close: () => closeAll(servers),
  };
}

async function listen(
  server: http.Server | https.Server,
  port: number,
  host: string | null,
  variable: 'PORT' | 'HTTPS_PORT',
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new CannotStart(sentence(error, port, host, variable))));
    server.listen({ port, ...(host === null ? {} : { host }) }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function sentence(error: Error, port: number, host: string | null, variable: string): string {
  const code = codeOf(error);
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program: set ${variable} to a free one, for example ${variable}=${port + 1}.`;
  }
  if (code === 'EACCES') return `Port ${port} needs more rights than this user has: set ${variable} to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return `HOST is ${host}, which is not an address of this computer.`;
  }
  return `Port ${port} (${variable}) cannot be opened: ${messageOf(error)}.`;
}

async function closeAll(servers: readonly (http.Server | https.Server)[]): Promise<void> {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    ),
  );
}

const tellStarting: Handler = (request, response) => {
  const page = request.headers.accept?.includes('text/html') === true;
  response.writeHead(503, {
    'content-type': page ? 'text/html; charset=utf-8' : 'application/json',
    'retry-after': '2',
  });
  // The page asks again by itself.
  response.end(
    page
      ? '<!doctype html><meta http-equiv="refresh" content="1"><title>Sightglass</title><p>Sightglass is starting …</p>'
      : '{"status":"starting"}',
  );
};
