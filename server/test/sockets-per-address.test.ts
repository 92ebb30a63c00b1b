import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { closeWithoutFaults } from './harness/case.ts';
import { startTestServer, type TestServer } from './harness/server.ts';

const MOST = 10;
let server: TestServer;
const open: Socket[] = [];
beforeAll(async () => {
  server = await startTestServer({ SOCKETS_PER_ADDRESS: String(MOST), TRUST_PROXY: 'loopback' });
});
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect();
});
afterAll(() => closeWithoutFaults(server));

/** Opens a socket that a proxy forwards for this address; says `open` or by which name it was refused. */
async function connect(address: string): Promise<string> {
  const socket = io(server.origin, {
    path: '/socket',
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { 'x-forwarded-for': address },
  });
  open.push(socket);
  const { promise, resolve } = Promise.withResolvers<string>();
  socket.once('connect', () => resolve('open'));
  socket.once('connect_error', (error) => resolve(error.message));
  return promise;
}
const connectMany = (count: number, address: string) =>
  Promise.all(Array.from({ length: count }, () => connect(address)));

test('of one address so many are open at once, and the next hears by name why not', async () => {
  const said = await connectMany(MOST + 5, '203.0.113.7');
  expect(said.toSorted()).toEqual([...Array(MOST).fill('open'), ...Array(5).fill('too-many')]);
  expect(await connect('203.0.113.7')).toBe('too-many');
  // Another address has places of its own.
  expect(await connect('203.0.113.8')).toBe('open');
});

test('a place is free again once its socket is closed', async () => {
  expect(await connectMany(MOST, '203.0.113.9')).toEqual(Array(MOST).fill('open'));
  expect(await connect('203.0.113.9')).toBe('too-many');
  open.find((socket) => socket.connected)?.disconnect();
  await expect.poll(() => connect('203.0.113.9')).toBe('open');
});

test('the addresses of one subscriber are one', async () => {
  const said = await Promise.all(
    Array.from({ length: MOST + 1 }, (_, nth) => connect(`2001:db8:1:2::${(nth + 1).toString(16)}`)),
  );
  expect(said.filter((word) => word === 'too-many')).toHaveLength(1);
  expect(await connect('2001:db8:1:3::1')).toBe('open');
});
