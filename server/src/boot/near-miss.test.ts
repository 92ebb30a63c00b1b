import { expect, test } from 'vitest';
import { nearMiss } from './near-miss.ts';

test.each([
  ['PROT', 'PORT'],
  ['POTR', 'PORT'],
  ['port', 'PORT'],
  ['PORTS', 'PORT'],
  ['DATBASE_URL', 'DATABASE_URL'],
  ['DATABASEURLS', 'DATABASE_URL'],
])('%s is near %s', (name, known) => {
  expect(nearMiss(name, ['HOST', 'PORT', 'DATABASE_URL'])).toBe(known);
});

test.each(['HOME', 'PATH', 'PGPORT', 'DATABASE', 'X'])('%s is near nothing', (name) => {
  expect(nearMiss(name, ['HOST', 'PORT', 'DATABASE_URL'])).toBeUndefined();
});
