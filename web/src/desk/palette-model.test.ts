import { expect, test } from 'vitest';
import { matching, rankOf, stepped } from './palette-model.ts';

const command = (label: string, group = 'Do', also = '') => ({ id: label, group, label, also });

test('every typed word begins a word of the command', () => {
  expect(rankOf(command('New ticket'), 'tick')).toBeGreaterThan(0);
  expect(rankOf(command('New ticket'), 'ne ti')).toBeGreaterThan(0);
  expect(rankOf(command('New ticket'), 'code')).toBe(0);
  expect(rankOf(command('New ticket'), 'new code')).toBe(0);
});

test('accents and case do not matter, other words lead there too', () => {
  expect(rankOf(command('Zubehör'), 'ZUBEHOR')).toBeGreaterThan(0);
  expect(rankOf(command('Invite a member', 'Do', 'add colleague'), 'colleague')).toBeGreaterThan(0);
});

test('groups keep their order, the best is first inside', () => {
  const found = matching([command('Go to codes', 'Go'), command('New code'), command('Codes', 'Go')], 'code');
  expect(found.map(({ label }) => label)).toEqual(['Codes', 'Go to codes', 'New code']);
  expect(matching(found, '')).toHaveLength(3);
});

test('the arrows go round', () => {
  expect(stepped(0, -1, 3)).toBe(2);
  expect(stepped(2, 1, 3)).toBe(0);
  expect(stepped(0, 1, 0)).toBe(0);
});
