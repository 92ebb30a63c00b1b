import { expect, test } from 'vitest';
import { refused } from '#contract/errors.ts';
import { answerFrom } from './answer.ts';

const asked = { data: undefined, refusal: null, isFetching: false, isPlaceholderData: false, retry: () => undefined };

test('loading, failed, ready', () => {
  expect(answerFrom(asked).state).toBe('loading');
  expect(answerFrom({ ...asked, refusal: refused('unavailable'), isFetching: true })).toMatchObject({
    state: 'failed',
    retrying: true,
  });
  expect(answerFrom({ ...asked, data: 1, isPlaceholderData: true })).toMatchObject({ state: 'ready', previous: true });
});

test('what is known stays through trouble that may pass, and goes with a final refusal', () => {
  expect(answerFrom({ ...asked, data: 1, refusal: refused('unavailable') })).toMatchObject({ state: 'ready', data: 1 });
  expect(answerFrom({ ...asked, data: 1, refusal: refused('not-found') }).state).toBe('failed');
});
