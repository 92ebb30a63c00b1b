import { expect, test } from 'vitest';
import { isOwnOrigin } from './same-origin.ts';

const publicUrl = 'https://help.example.org';

test.each([
  ['no page', undefined, 'localhost:8080', null, true],
  ['the host that was asked', 'http://192.168.1.20:8080', '192.168.1.20:8080', null, true],
  ['another port of it', 'http://192.168.1.20:9090', '192.168.1.20:8080', null, false],
  ['another site', 'https://evil.example', 'help.example.org', publicUrl, false],
  ['the public address, asked by a proxy under another name', publicUrl, '127.0.0.1:8080', publicUrl, true],
  ['the public address without https', 'http://help.example.org', '127.0.0.1:8080', publicUrl, false],
  ['a sandboxed frame', 'null', 'null', publicUrl, false],
  ['no address at all', 'http://', '', publicUrl, false],
])('%s', (_what, origin, host, url, own) => {
  expect(isOwnOrigin(origin, host, url)).toBe(own);
});
