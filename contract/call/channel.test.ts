import { describe, expect, it } from 'vitest';
import { CHANNEL_MESSAGE_LIMIT, type ChannelMessage, formatChannelMessage, parseChannelMessage } from './channel.ts';

describe('data channel message', () => {
  it.each<ChannelMessage>([
    { kind: 'hello', version: 1 },
    { kind: 'media-state', microphone: 'on', camera: 'off', facing: 'environment' },
    { kind: 'media-state', microphone: 'none', camera: 'none', facing: null },
  ])('comes back as it was sent: $kind', (message) => {
    expect(parseChannelMessage(formatChannelMessage(message))).toEqual(message);
  });

  it.each([
    ['nothing', undefined],
    ['bytes', new ArrayBuffer(8)],
    ['broken JSON', '{"kind":'],
    ['a number', '7'],
    ['null', 'null'],
    ['an unknown kind', '{"kind":"explode"}'],
    ['a wrong switch', '{"kind":"media-state","microphone":"loud","camera":"on","facing":null}'],
    ['a missing field', '{"kind":"media-state","microphone":"on","camera":"on"}'],
    ['a prototype trick', '{"__proto__":{"kind":"hello","version":1}}'],
    ['too much', `"${'x'.repeat(CHANNEL_MESSAGE_LIMIT)}"`],
  ])('drops %s without throwing', (_what, input) => {
    expect(parseChannelMessage(input)).toBeNull();
  });
});
