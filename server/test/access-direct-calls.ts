import * as calls from '#contract/direct-call/http.ts';
import { fresh, type Row } from './access-row.ts';

/** The routes of direct calls and of who is available. */
export const directCallRows: readonly Row[] = [
  {
    route: calls.listAvailability,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({}),
    missing: 'nothing is named',
  },
  {
    route: calls.chooseAvailability,
    answers: 'login login ok ok ok none none none none',
    wish: () => ({ body: fresh({ chosen: 'available' }) }),
    missing: 'nothing is named',
  },
];
