import { tryRows } from './access-cells.ts';
import { caseRows } from './access-table.ts';

/* How sessions come to be and what is made of them; beside access.test.ts, so that they are tried at once. */

tryRows(caseRows);
