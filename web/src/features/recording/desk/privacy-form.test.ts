import { expect, test } from 'vitest';
import { defaultPolicies } from '#contract/access/policies.ts';
import { daysOf, isSame, withDays } from './privacy-form.ts';

test('days as they are typed; nothing is no end', () => {
  expect(['', '0', '30 days', 7, 99_999, 'x'].map(daysOf)).toEqual([null, null, 30, 7, 3_650, null]);
});

test('a change of one kind is a change, and taking it back is none', () => {
  const changed = withDays(defaultPolicies, 'recordings', 30);
  expect(changed.retentionDays).toEqual({ recordings: 30, screenshots: null, sessions: null });
  expect([isSame(defaultPolicies, changed), isSame(defaultPolicies, withDays(changed, 'recordings', null))]).toEqual([
    false,
    true,
  ]);
});
