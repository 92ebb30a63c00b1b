import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The yardstick's server: one page, one script, one WebSocket that passes everything on to the other of the room.
 * `node server.ts PORT KEY_FILE CERTIFICATE_FILE`; prints `ready`.
 */
const [port, keyFile, certificateFile] = process.argv.slice(2);
if (port === undefined || keyFile === undefined || certificateFile === undefined)
  throw new Error('PORT KEY CERTIFICATE');

const script = await readFile(fileURLToPath(new URL('./page.js', import.meta.url)));
const html =
  '<!doctype html><meta charset="utf-8"><title>yardstick</title><body><script type="module" src="/page.js"></script>';
const server = createServer(
  { key: await readFile(keyFile), cert: await readFile(certificateFile) },
  (request, response) => {
    const isScript = request.url?.startsWith('/page.js') ?? false;
    response.writeHead(200, {
      'content-type': isScript ? 'text/javascript' : 'text/html',
      'cache-control': 'no-store',
    });
    response.end(isScript ? script : html);
  },
);

const rooms = new Map<string, Set<WebSocket>>();
new WebSocketServer({ server }).on('connection', (socket, request) => {
  const name = new URL(request.url ?? '/', 'https://x').searchParams.get('room') ?? '';
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(socket));
  socket.on('message', (data) => {
    for (const other of room) if (other !== socket) other.send(String(data));
  });
  socket.on('close', () => room.delete(socket));
});
server.listen(Number(port), () => console.log('ready'));
