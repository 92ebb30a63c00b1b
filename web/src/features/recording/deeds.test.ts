import { expect, test } from 'vitest';
import { accepted, type Refusal, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { Language } from '#contract/language.ts';
import { recordingId } from '#core/recording/fixtures.ts';
import { createStore } from '#web/state/store.ts';
import { createRecordingDeeds } from './deeds.ts';

function setUp(...answers: Refusal[]) {
  const life = new AbortController();
  const sent: { path: string; body: Record<string, unknown> }[] = [];
  const ask = async (route: { path: string }, { body }: { body: Record<string, unknown> }) => {
    sent.push({ path: route.path.split('/').at(-1) ?? '', body });
    return answers.shift() ?? accepted({});
  };
  const sessionId = SessionId.parse('00000000-0000-4000-8000-000000000001');
  const deeds = createRecordingDeeds(life.signal, {
    ask: ask as never,
    sessionId,
    language: createStore<Language>('de'),
    pause: async () => undefined,
  });
  return { deeds, sent, life };
}

test('a yes is sent with the wording that was read, and once however often it has to be sent', async () => {
  const { deeds, sent } = setUp(refused('unavailable'), refused('failed'));
  expect((await deeds.answer(recordingId, 'yes')).ok).toBe(true);
  expect(sent[0]?.body).toMatchObject({ answer: 'yes', wording: { version: 2, language: 'de' } });
  expect(new Set(sent.map(({ body }) => body['requestId']))).toHaveLength(1);
  expect(sent).toHaveLength(3);
});

test('a final refusal is handed on; every deed has its own way', async () => {
  const { deeds, sent } = setUp(refused('not-allowed'));
  expect(await deeds.start()).toEqual(refused('not-allowed'));
  await deeds.stop(recordingId);
  await deeds.withdraw(recordingId);
  expect(sent.map(({ path }) => path)).toEqual(['recordings', 'stop', 'withdraw']);
  expect(sent[2]?.body).toMatchObject({ keep: true });
});
