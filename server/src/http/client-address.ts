import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Whether this address may say whom it forwards for; `hop` 0 is who connected to us. Fastify's `trustProxy` takes it too. */
export type Trust = (address: string, hop: number) => boolean;

/** What is used of a request. */
type Forwarded = Pick<IncomingMessage, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

const named: Readonly<Record<string, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');

/** Reads the setting TRUST_PROXY: everybody, nobody, so many proxies, or their addresses. Throws on what is no address. */
export function trustOf(setting: boolean | number | string): Trust {
  if (typeof setting === 'boolean') return () => setting;
  if (typeof setting === 'number') return (_address, hop) => hop < setting;
  const trusted = new BlockList();
  for (const part of setting.split(',').flatMap((text) => named[text.trim()] ?? [text.trim()])) {
    const [address = '', bits] = part.split('/');
    if (bits === undefined) trusted.addAddress(address, familyOf(address));
    else trusted.addSubnet(address, Number(bits), familyOf(address));
  }
  // What a proxy wrote need not be an address; that is nobody's.
  return (text) => {
    const address = text.split('%')[0] ?? '';
    return isIP(address) > 0 && trusted.check(address, familyOf(address));
  };
}

/** Who asks: the nearest address that is not one of the trusted proxies, as Fastify finds it for `request.ip`. */
export function clientAddress({ socket, headers }: Forwarded, trusts: Trust): string {
  const before = headers['x-forwarded-for']?.toString().split(',') ?? [];
  let address = socket.remoteAddress ?? '';
  for (let hop = 0; trusts(address, hop); hop++) {
    const next = before.pop()?.trim();
    if (next === undefined || next === '') break;
    address = next;
  }
  return address;
}
