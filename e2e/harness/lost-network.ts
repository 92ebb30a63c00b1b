import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** The only way from a browser to a server, which can go away: without a word, as a cable that is pulled. */
export interface LostNetwork {
  readonly port: number;
  /** From now on nothing comes through, and nobody is told. Gives when, in ms of this computer's clock. */
  cut(): number;
  /** It is back; connections that were open go on, as far as anybody still waits for them. */
  mend(): void;
  end(): Promise<void>;
}

/** Opens one to a port of this computer. */
export async function openLostNetwork(target: number): Promise<LostNetwork> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    if (isCut) socket.pause();
  };
  const join = (one: Socket, other: Socket) => {
    one.on('data', (bytes) => other.write(bytes));
    // While it is cut the end of one side does not reach the other either.
    one.once('end', () => other.end()).once('error', () => other.destroy());
  };
  const server = createServer({ allowHalfOpen: false }, (near) => {
    const far = connect(target, '127.0.0.1');
    join(near, far);
    join(far, near);
    keep(near);
    keep(far);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port is free');
  return {
    port: address.port,
    cut: () => {
      isCut = true;
      for (const socket of sockets) socket.pause();
      return Date.now();
    },
    mend: () => {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    end: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
