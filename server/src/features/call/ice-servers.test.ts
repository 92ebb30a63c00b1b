import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { iceServerSchema } from '#contract/call/index.ts';
import { iceServersFor, turnCredential } from './ice-servers.ts';

describe('TURN credentials', () => {
  it('rests on an HMAC-SHA1 that agrees with RFC 2202', () => {
    const digest = createHmac('sha1', 'Jefe').update('what do ya want for nothing?').digest('hex');
    expect(digest).toBe('effcdf6ae5eb2fa2d27416d5f184df9c259a7c79');
  });

  it('gives what coturn computes itself', () => {
    // printf %s '1700000000:p-1' | openssl dgst -sha1 -hmac north -binary | base64
    expect(turnCredential('north', 1_700_000_000, 'p-1')).toEqual({
      username: '1700000000:p-1',
      credential: '4fVfFOXdOyuYBbhpUlx0mS/p6cs=',
    });
  });

  it('gives each participant own credentials that expire after the configured time', () => {
    const config = {
      iceServers: [{ urls: 'stun:stun.example.org' }],
      turn: {
        urls: ['turn:turn.example.org:3478?transport=udp', 'turns:turn.example.org:443'],
        secret: 's',
        ttlSeconds: 600,
      },
    };
    const now = 1_763_632_000_900;
    const servers = iceServersFor(config, 'p-1', now);
    expect(servers).toHaveLength(2);
    expect(servers[0]).toEqual({ urls: ['stun:stun.example.org'] });
    expect(servers[1]?.username).toBe('1763632600:p-1');
    expect(servers[1]?.credential).not.toBe(iceServersFor(config, 'p-2', now)[1]?.credential);
    for (const server of servers) expect(iceServerSchema.safeParse(server).success).toBe(true);
  });

  it('gives the plain list, and never the secret, without TURN', () => {
    expect(iceServersFor({ iceServers: [], turn: null }, 'p-1', 0)).toEqual([]);
  });
});
