import { HARD, LIKE_POT } from './scenes.ts';
import { type Played, type Summary, summarise } from './score.ts';

const figure = (v: number, digits: number): string =>
  Number.isNaN(v) ? '-' : v === Number.POSITIVE_INFINITY ? 'never' : v.toFixed(digits);

const COLUMNS: readonly (readonly [string, (s: Summary) => string])[] = [
  ['frames', (s) => String(s.frames)],
  ['P@5', (s) => figure(s.p5, 1)],
  ['P@2.5', (s) => figure(s.p25, 1)],
  ['P@1', (s) => figure(s.p1, 1)],
  ['median px', (s) => figure(s.medianError, 2)],
  ['wrong %', (s) => figure(s.wrong, 2)],
  ['drawn while away %', (s) => figure(s.drawnAway, 1)],
  ['back after frames (median/worst)', (s) => `${figure(s.returnMedian, 0)}/${figure(s.returnWorst, 0)}`],
  ['jitter px', (s) => figure(s.jitter, 2)],
  ['CPU ms p50', (s) => figure(s.cpuP50, 2)],
  ['p95', (s) => figure(s.cpuP95, 1)],
  ['most', (s) => figure(s.cpuMost, 0)],
  ['wall ms p50', (s) => figure(s.wallP50, 2)],
];

/** The rows of the table: groups, then categories, then targets. */
export function groups(played: readonly Played[]): [string, Summary][] {
  const rows: [string, Summary][] = [];
  const put = (name: string, of: (p: Played) => boolean): void => {
    const list = played.filter(of);
    if (list.length > 0) rows.push([name, summarise(list)]);
  };
  const likePot = (p: Played): boolean => LIKE_POT.includes(p.category);
  put('POT-like', likePot);
  put('hard', (p) => HARD.includes(p.category));
  for (const c of new Set(played.map((p) => p.category))) put(c, (p) => p.category === c);
  for (const t of new Set(played.map((p) => p.target))) put(`target ${t}`, (p) => p.target === t && likePot(p));
  return rows;
}

/** A table in Markdown. */
export function table(title: string, rows: readonly (readonly [string, Summary])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const head = [title, ...COLUMNS.map(([name]) => name)];
  const body = rows.map(([name, s]) => line([name, ...COLUMNS.map(([, show]) => show(s))]));
  return [line(head), line(head.map(() => '---')), ...body].join('\n');
}
