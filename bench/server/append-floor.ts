import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/*
 * The floor of `recording-server`: a bare server of node that appends what comes to a file of the request's name. It knows nobody,
 * asks no database and writes no log.
 */
const [folder = '.'] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  const name = (request.url ?? '/').slice(1).replaceAll(/[^\w-]/g, '');
  await pipeline(request, createWriteStream(join(folder, name), { flags: 'a' }));
  response.writeHead(204).end();
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(`appends at ${typeof address === 'object' && address !== null ? address.port : 0}`);
});
process.once('SIGTERM', () => process.exit(0));
