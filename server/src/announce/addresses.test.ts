import { expect, test } from 'vitest';
import { addressForMyself, addressForOthers, hostNames, lanAddresses, originAt } from './addresses.ts';

const entry = (address: string, internal = false) => [
  { address, internal, family: 'IPv4' as const, netmask: '', mac: '', cidr: null },
];

test('the address that a phone most likely reaches comes first', () => {
  const interfaces = {
    lo: entry('127.0.0.1', true),
    docker0: entry('172.17.0.1'),
    'br-12ab': entry('192.168.64.1'),
    tun0: entry('10.8.0.2'),
    eth9: entry('169.254.3.4'),
    eth1: entry('203.0.113.7'),
    eth0: entry('10.0.0.5'),
    wlan0: entry('192.168.1.20'),
  };
  const found = lanAddresses(interfaces);
  expect(found.slice(0, 4)).toEqual(['192.168.1.20', '10.0.0.5', '203.0.113.7', '169.254.3.4']);
  expect(found).toHaveLength(7);
});

test.each([
  [null, '192.168.1.20', 'localhost'],
  ['0.0.0.0', '192.168.1.20', 'localhost'],
  ['::', '192.168.1.20', 'localhost'],
  ['127.0.0.1', null, 'localhost'],
  ['localhost', null, 'localhost'],
  ['10.1.2.3', '10.1.2.3', '10.1.2.3'],
])('HOST %s: others come to %s, this computer to %s', (host, others, myself) => {
  expect(addressForOthers(host, ['192.168.1.20', '10.0.0.5'])).toBe(others);
  expect(addressForMyself(host)).toBe(myself);
});

test('a computer in no network has no address for others', () => {
  expect(addressForOthers(null, [])).toBeNull();
});

test('origins leave out what goes without saying', () => {
  expect(originAt('https', '192.168.1.20', 443)).toBe('https://192.168.1.20');
  expect(originAt('http', 'fe80::1', 8080)).toBe('http://[fe80::1]:8080');
});

test('names fit into a certificate', () => {
  expect(hostNames()).toContain('localhost');
});
