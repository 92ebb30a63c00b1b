import { X509Certificate } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A key and certificate in PEM. */
export type Certificate = { key: string; cert: string };

const dayMs = 86_400_000;
/** Phones refuse certificates that run longer than 825 days. */
const validDays = 800;
const renewDays = 60;

/**
 * The self-signed certificate that phones in the network get, kept in the data folder so that a phone has to be told only
 * once to trust it. It is made anew when this computer got an address that is not in it, or when it ends soon.
 */
export async function keepCertificate(
  dataDir: string,
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): Promise<Certificate> {
  const keyFile = join(dataDir, 'https-key.pem');
  const certFile = join(dataDir, 'https-cert.pem');
  const kept = await readPair(keyFile, certFile);
  if (kept !== null && fits(kept, addresses, now)) return kept;
  const made = await makeCertificate(names, addresses, now);
  await write(keyFile, made.key);
  await write(certFile, made.cert);
  return made;
}

/** A new self-signed certificate for these names and addresses. */
async function makeCertificate(
  names: readonly string[],
  addresses: readonly string[],
  now: Date,
): Promise<Certificate> {
  const pair = await generate([{ name: 'commonName', value: 'Sightglass on this network' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A phone's clock may be behind.
    notBeforeDate: new Date(now.getTime() - dayMs),
    notAfterDate: new Date(now.getTime() + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...['127.0.0.1', '::1', ...addresses].map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key: pair.private, cert: pair.cert };
}

async function readPair(keyFile: string, certFile: string): Promise<Certificate | null> {
  try {
    return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') };
  } catch {
    return null;
  }
}

function fits(pair: Certificate, addresses: readonly string[], now: Date): boolean {
  try {
    const certificate = new X509Certificate(pair.cert);
    const endsLater = new Date(certificate.validTo).getTime() > now.getTime() + renewDays * dayMs;
    return endsLater && addresses.every((address) => certificate.checkIP(address) !== undefined);
  } catch {
    return false;
  }
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
