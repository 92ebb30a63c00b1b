import { hostname, networkInterfaces } from 'node:os';

/** One IPv4 address of this computer in a network. */
type Candidate = { name: string; address: string };

/** Names of interfaces that lead to containers, virtual machines and tunnels, where no phone is. */
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|cali|lxc|lxd|podman|tun|tap|utun|wg|zt|tailscale|awdl|llw|vEthernet)/i;

/** Kinds of addresses, the one that a phone is most likely in the same network with first. */
const kinds = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./, /^(?!169\.254\.)/, /^169\.254\./];

/** All IPv4 addresses of this computer in networks, the one that a phone most likely reaches first. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  const found: Candidate[] = [];
  for (const [name, addresses] of Object.entries(interfaces)) {
    for (const entry of addresses ?? []) {
      if (entry.family === 'IPv4' && !entry.internal) found.push({ name, address: entry.address });
    }
  }
  return found.sort((a, b) => unlikeliness(a) - unlikeliness(b)).map((candidate) => candidate.address);
}

/** The address that other devices reach a server at which listens on `host`; null when there is none. */
export function addressForOthers(host: string | null, addresses = lanAddresses()): string | null {
  if (host === null || host === '0.0.0.0' || host === '::') return addresses[0] ?? null;
  return isLoopback(host) ? null : host;
}

/** The name that a browser on this computer reaches such a server at. */
export function addressForMyself(host: string | null): string {
  return host === null || host === '0.0.0.0' || host === '::' || isLoopback(host) ? 'localhost' : host;
}

/** An origin, with the brackets that IPv6 needs and without a port that goes without saying. */
export function originAt(scheme: 'http' | 'https', host: string, port: number): string {
  return new URL(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`).origin;
}

/** The names besides its addresses that this computer answers to. */
export function hostNames(): string[] {
  const name = hostname();
  return [...new Set(['localhost', name, name.includes('.') ? name : `${name}.local`])].filter((entry) =>
    /^[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?$/i.test(entry),
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function unlikeliness({ name, address }: Candidate): number {
  return kinds.findIndex((kind) => kind.test(address)) + (virtual.test(name) ? kinds.length : 0);
}
