import { describe } from 'vitest';
import { tryHiddenRows } from './access-cells.ts';
import { caseRows, ownRows } from './access-table.ts';

/* A4: the same table, of sessions that are hidden; beside the others, so that they are tried at once. */

describe('sessions and calls', () => tryHiddenRows(ownRows));
describe('how sessions come to be', () => tryHiddenRows(caseRows));
