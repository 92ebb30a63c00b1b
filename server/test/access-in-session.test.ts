import { tryRows } from './access-cells.ts';
import { sessionRows } from './access-table.ts';

/* What is done to drawings, screenshots and recordings; beside access.test.ts, so that the two take half the time. */

tryRows(sessionRows);
