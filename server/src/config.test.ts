import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig, variableNames } from './config.ts';

describe('what is not set', () => {
  test('gets a default that works on a computer at home', () => {
    expect(parseConfig({ PATH: '/bin', HOME: '/root', HOSTNAME: 'box' })).toMatchObject({
      port: 8080,
      httpsPort: 8443,
      host: null,
      dataDir: resolve('data'),
      databaseUrl: null,
      publicUrl: null,
      iceServers: [],
      turn: null,
      trustProxy: false,
      socketsPerAddress: 500,
      metricsToken: null,
    });
  });

  test('an empty value counts as not set', () => {
    expect(parseConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 8080, databaseUrl: null });
  });

  test('behind a public address there is no certificate of our own', () => {
    const config = parseConfig({ PUBLIC_URL: 'https://help.example.org/' });
    expect(config).toMatchObject({ publicUrl: 'https://help.example.org', httpsPort: null });
    expect(parseConfig({ PUBLIC_URL: 'https://help.example.org', HTTPS_PORT: '9443' }).httpsPort).toBe(9443);
  });
});

describe('what is set', () => {
  test('relays, as a list and as JSON', () => {
    expect(parseConfig({ ICE_SERVERS: 'stun:a.example:3478, turn:b.example' }).iceServers).toEqual([
      { urls: 'stun:a.example:3478' },
      { urls: 'turn:b.example' },
    ]);
    const json = '[{"urls":["turn:b.example"],"username":"u","credential":"c"},{"urls":"stun:a.example"}]';
    expect(parseConfig({ ICE_SERVERS: json }).iceServers).toEqual([
      { urls: ['turn:b.example'], username: 'u', credential: 'c' },
      { urls: 'stun:a.example' },
    ]);
    const turn = { TURN_URLS: 'turn:t.example?transport=udp,turns:t.example:443', TURN_SECRET: 'north-wind' };
    expect(parseConfig(turn).turn).toEqual({
      urls: ['turn:t.example?transport=udp', 'turns:t.example:443'],
      secret: 'north-wind',
      ttlSeconds: 7200,
    });
  });

  test('a mail server and who mails are from', () => {
    const mail = { SMTP_URL: 'smtp://robot:p%40ss@mail.example.org', MAIL_FROM: 'Mill & Co <help@example.org>' };
    expect(parseConfig(mail)).toMatchObject({
      smtp: { host: 'mail.example.org', port: 587, secure: false, auth: { user: 'robot', password: 'p@ss' } },
      mailFrom: { name: 'Mill & Co', address: 'help@example.org' },
    });
    const plain = { SMTP_URL: 'smtps://mail.example.org', MAIL_FROM: 'help@example.org' };
    expect(parseConfig(plain)).toMatchObject({
      smtp: { port: 465, secure: true, auth: null },
      mailFrom: { name: '', address: 'help@example.org' },
    });
    expect(parseConfig({}).smtp).toBeNull();
  });

  test.each([
    ['true', true],
    ['false', false],
    ['2', 2],
    ['10.0.0.0/8, loopback', '10.0.0.0/8, loopback'],
  ])('TRUST_PROXY=%s', (text, value) => {
    expect(parseConfig({ TRUST_PROXY: text }).trustProxy).toBe(value);
  });

  test('https off, ports chosen by the system', () => {
    expect(parseConfig({ PORT: '0', HTTPS_PORT: 'off' })).toMatchObject({ port: 0, httpsPort: null });
  });
});

describe('what stops the start with one sentence', () => {
  test.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['HTTPS_PORT', 'on'],
    ['HOST', 'http://x'],
    ['DATABASE_URL', 'mysql://a@b/c'],
    ['DATABASE_URL', 'localhost'],
    ['PUBLIC_URL', 'help.example.org'],
    ['PUBLIC_URL', 'https://help.example.org/path'],
    ['PUBLIC_URL', 'ftp://help.example.org'],
    ['ICE_SERVERS', 'http://x'],
    ['ICE_SERVERS', '[{"urls":"http://x"}]'],
    ['ICE_SERVERS', '[{"url":"stun:x"}]'],
    ['ICE_SERVERS', '[not json'],
    ['TURN_URLS', 'stun:x'],
    ['TURN_TTL_SECONDS', '5'],
    ['SMTP_URL', 'mail.example.org'],
    ['SMTP_URL', 'http://mail.example.org'],
    ['SMTP_URL', 'smtp://mail.example.org/inbox'],
    ['SMTP_URL', 'smtp://robot@mail.example.org'],
    ['MAIL_FROM', 'help'],
    ['MAIL_FROM', 'Help <help@example.org>, All <all@example.org>'],
    ['TRUST_PROXY', 'yes'],
    ['LOG_LEVEL', 'loud'],
    ['SOCKETS_PER_ADDRESS', '9'],
    ['SOCKETS_PER_ADDRESS', 'many'],
    ['METRICS_TOKEN', 'short'],
  ])('%s=%s', (name, value) => {
    expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`^${name} must be [^\\n]+\\.$`));
  });

  test.each([
    ['PROT', 'PORT'],
    ['HTTP_PORT', 'HTTPS_PORT'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DATADIR', 'DATA_DIR'],
    ['TURN_URL', 'TURN_URLS'],
    ['ICE_SERVER', 'ICE_SERVERS'],
    ['PULBIC_URL', 'PUBLIC_URL'],
    ['SIGHTGLASS_PORT', 'PORT'],
  ])('%s, which was meant as %s', (name, meant) => {
    expect(() => parseConfig({ [name]: '1' })).toThrow(`${name} is unknown: did you mean ${meant}?`);
  });

  test('a name of ours that means nothing', () => {
    expect(() => parseConfig({ SIGHTGLASS_COLOUR: 'red' })).toThrow('SIGHTGLASS_COLOUR is unknown');
  });

  test('half a relay', () => {
    expect(() => parseConfig({ TURN_URLS: 'turn:x' })).toThrow('TURN_SECRET is not');
    expect(() => parseConfig({ TURN_SECRET: 'long enough' })).toThrow('TURN_URLS is not');
  });

  test('a mail server without a sender', () => {
    expect(() => parseConfig({ SMTP_URL: 'smtp://mail.example.org' })).toThrow('MAIL_FROM is not');
  });

  test('secrets are not repeated', () => {
    for (const name of ['DATABASE_URL', 'TURN_SECRET', 'METRICS_TOKEN', 'ICE_SERVERS', 'SMTP_URL']) {
      const failed = (): unknown => parseConfig({ [name]: 'hunter2' });
      expect(failed).toThrow(name);
      expect(failed).not.toThrow('hunter2');
    }
  });
});

test('the usual environment of a computer holds no stranger', () => {
  const usual = 'HOME HOSTNAME HOSTTYPE LOGNAME XDG_DATA_DIRS XDG_DATA_HOME http_proxy PGPORT PGHOST NODE_ENV TERM';
  expect(() => parseConfig(Object.fromEntries(usual.split(' ').map((name) => [name, 'x'])))).not.toThrow();
});

test('docs/operate.md describes every variable, and no other', () => {
  const text = readFileSync(new URL('../../docs/operate.md', import.meta.url), 'utf8');
  const described = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  expect(described).toEqual(variableNames);
});
