/** Debian's coturn on loopback, for the length of a test. */
import { type ChildProcess, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = '/usr/bin/turnserver';

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

export interface Coturn {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startCoturn(secret: string, port: number): Promise<Coturn> {
  const options = [
    ...['-n', '--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=sightglass.test', '--fingerprint'],
    ...[
      '--listening-ip=127.0.0.1',
      '--relay-ip=127.0.0.1',
      `--listening-port=${port}`,
      '--min-port=49400',
      '--max-port=49499',
    ],
    ...['--allow-loopback-peers', '--no-cli', '--no-tls', '--no-dtls', '--log-file=stdout', '--pidfile=/dev/null'],
  ];
  const child: ChildProcess = spawn(PROGRAM, options, { stdio: 'ignore' });
  for (let i = 0; i < 100 && !(await listens(port)); i++) await sleep(50);
  return {
    url: `turn:127.0.0.1:${port}?transport=udp`,
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    },
  };
}
