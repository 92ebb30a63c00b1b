import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCertificate } from './certificate.ts';

const now = new Date('2031-05-01T12:00:00Z');
const daysLater = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sightglass-certificate-'));
});
afterEach(() => rm(folder, { recursive: true }));

const keep = (addresses: string[], at = now) => keepCertificate(folder, ['localhost', 'box.local'], addresses, at);

test('it names this computer and all its addresses, and its key is for the owner only', async () => {
  const { cert } = await keep(['192.168.1.20', '10.0.0.5']);
  const certificate = new X509Certificate(cert);
  for (const address of ['127.0.0.1', '192.168.1.20', '10.0.0.5']) expect(certificate.checkIP(address)).toBe(address);
  for (const name of ['localhost', 'box.local']) expect(certificate.checkHost(name)).toBe(name);
  // Phones refuse what runs longer.
  expect(new Date(certificate.validTo).getTime()).toBeLessThan(daysLater(824).getTime());
  expect((await stat(join(folder, 'https-key.pem'))).mode & 0o777).toBe(0o600);
});

test('it is kept, so that a phone is asked only once', async () => {
  const first = await keep(['192.168.1.20', '10.0.0.5']);
  expect(await keep(['192.168.1.20'], daysLater(300))).toEqual(first);
});

test('a new address, a near end and a broken file make it anew', async () => {
  const first = await keep(['192.168.1.20']);
  const moved = await keep(['192.168.7.7']);
  expect(moved.cert).not.toBe(first.cert);
  const renewed = await keep(['192.168.7.7'], daysLater(770));
  expect(renewed.cert).not.toBe(moved.cert);
  await writeFile(join(folder, 'https-cert.pem'), 'torn');
  expect((await keep(['192.168.7.7'])).cert).toContain('BEGIN CERTIFICATE');
});

test('a browser that trusts it may talk to it', async () => {
  const pair = await keepCertificate(folder, ['localhost'], [], new Date());
  const server = https.createServer(pair, (_request, response) => response.end('here'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const said = await new Promise<string>((resolve, reject) => {
    https
      .get({ host: '127.0.0.1', port, ca: pair.cert }, (response) =>
        response.on('data', (chunk) => resolve(String(chunk))),
      )
      .on('error', reject);
  });
  expect(said).toBe('here');
  server.close();
  server.closeAllConnections();
});
