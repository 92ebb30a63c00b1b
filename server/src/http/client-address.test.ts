import { describe, expect, test } from 'vitest';
import { clientAddress, trustOf } from './client-address.ts';

/** Of a request that came from `from` and says it was forwarded for these. */
const addressOf = (trusted: boolean | number | string, from: string, forwardedFor?: string) =>
  clientAddress(
    { socket: { remoteAddress: from }, headers: forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor } },
    trustOf(trusted),
  );

describe('the address of who asks', () => {
  test.each<[boolean | number | string, string, string | undefined, string]>([
    [false, '1.2.3.4', '9.9.9.9', '1.2.3.4'],
    [true, '1.2.3.4', '9.9.9.9, 8.8.8.8', '9.9.9.9'],
    [true, '1.2.3.4', undefined, '1.2.3.4'],
    [1, '1.2.3.4', '9.9.9.9, 8.8.8.8', '8.8.8.8'],
    [2, '1.2.3.4', '9.9.9.9, 8.8.8.8', '9.9.9.9'],
    ['loopback', '127.0.0.1', '9.9.9.9', '9.9.9.9'],
    ['loopback', '::1', '9.9.9.9', '9.9.9.9'],
    ['loopback', '::ffff:127.0.0.1', '9.9.9.9', '9.9.9.9'],
    ['loopback', '1.2.3.4', '9.9.9.9', '1.2.3.4'],
    ['loopback', '127.0.0.1', '9.9.9.9, 10.0.0.7', '10.0.0.7'],
    ['loopback, 10.0.0.0/8', '127.0.0.1', '9.9.9.9,10.0.0.7', '9.9.9.9'],
    ['10.0.0.7', '10.0.0.7', '9.9.9.9', '9.9.9.9'],
    ['fd00::/8', 'fd00::1', '2001:db8::1', '2001:db8::1'],
    ['loopback', '127.0.0.1', 'unknown', 'unknown'],
    ['uniquelocal', '192.168.1.1', 'fc00::9, 172.16.0.1', 'fc00::9'],
    ['linklocal', 'fe80::1', '9.9.9.9', '9.9.9.9'],
    ['linklocal', 'fe80::1%eth0', '9.9.9.9', '9.9.9.9'],
  ])('trusting %s, from %s for %s, is %s', (trusted, from, forwardedFor, address) => {
    expect(addressOf(trusted, from, forwardedFor)).toBe(address);
  });

  test.each(['10.0.0.0/99', '10.0.0', 'example.org', '10.0.0.0/x'])('%s is no proxy', (trusted) => {
    expect(() => trustOf(trusted)).toThrow();
  });
});
