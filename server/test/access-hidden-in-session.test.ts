import { tryHiddenRows } from './access-cells.ts';
import { sessionRows } from './access-table.ts';

/* A4: what is done to drawings, screenshots and recordings of sessions that are hidden. */

tryHiddenRows(sessionRows);
