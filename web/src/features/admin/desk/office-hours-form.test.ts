import { expect, test } from 'vitest';
import { defaultPolicies } from '#contract/access/policies.ts';
import { isWrongWeek, timeOf, timeZones, typedEnd, withDay } from './office-hours-form.ts';

const { week } = defaultPolicies.officeHours;

test('midnight as an end is the end of the day', () => {
  expect(typedEnd('00:00')).toBe('24:00');
  expect(timeOf('24:00')).toBe('00:00');
  expect([typedEnd('17:30'), timeOf('17:30')]).toEqual(['17:30', '17:30']);
});

test('a day that ends before it begins is wrong, and one that is not typed to its end', () => {
  expect(isWrongWeek(week)).toBe(false);
  expect(isWrongWeek(withDay(week, 5, { from: '10:00', to: '09:00' }))).toBe(true);
  expect(isWrongWeek(withDay(week, 5, { from: '', to: '09:00' }))).toBe(true);
  expect(isWrongWeek(withDay(week, 5, { from: '18:00', to: '24:00' }))).toBe(false);
});

test('the chosen zone is among the zones, whatever it is called', () => {
  expect(timeZones('Europe/Berlin').filter((zone) => zone === 'Europe/Berlin')).toHaveLength(1);
  expect(timeZones('Europe/Kiew')[0]).toBe('Europe/Kiew');
});
