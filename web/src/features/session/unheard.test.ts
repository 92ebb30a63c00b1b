import { expect, it } from 'vitest';
import type { ChannelMessage } from '#contract/call/index.ts';
import { countUnheard } from './unheard.ts';

it('what others did not hear is counted, and said once for each person and reason', () => {
  let hear: (from: string, message: ChannelMessage) => void = () => undefined;
  const said: string[] = [];
  const unheard = countUnheard(new AbortController().signal, {
    onMessage: (_life, listener) => {
      hear = listener;
    },
    onFirst: (why, from) => said.push(`${why} ${from}`),
  });
  hear('jon', { kind: 'hello', version: 1 });
  expect(unheard.get()).toEqual({ malformed: 0, 'too-many': 0 });
  for (const from of ['jon', 'jon', 'cem']) hear(from, { kind: 'refused', why: 'too-many' });
  hear('jon', { kind: 'refused', why: 'malformed' });
  hear('jon', { kind: 'refused', why: 'malformed' });
  expect(unheard.get()).toEqual({ malformed: 2, 'too-many': 3 });
  expect(said).toEqual(['too-many jon', 'too-many cem', 'malformed jon']);
});
