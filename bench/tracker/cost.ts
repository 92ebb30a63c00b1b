import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { gzipSync } from 'node:zlib';
import { coreUrl, createTracker, type Quad } from '../../tracker/index.ts';
import { wasmBytes } from './contestant.ts';
import { percentile } from './numbers.ts';
import type { Sequence } from './sequence.ts';
import { HEIGHT, RATE, WIDTH } from './space.ts';

const folder = new URL('../../tracker/', import.meta.url);

/** Bytes that a browser fetches, gzip -9: the module and all scripts without types (not minified: an upper bound). */
export function weight(): { readonly wasm: number; readonly scripts: number } {
  const names = readdirSync(folder).filter((n) => n.endsWith('.ts') && !n.endsWith('.test.ts') && n !== 'build.ts');
  const text = names
    .map((n) => stripTypeScriptTypes(readFileSync(new URL(n, folder), 'utf8')).replace(/^\s*(\/\/|\/?\*).*$/gm, ''))
    .join('\n');
  return { wasm: gzipSync(readFileSync(coreUrl), { level: 9 }).length, scripts: gzipSync(text, { level: 9 }).length };
}

/** Time from the bytes to a tracker that is ready, ms (median of 9). */
export function startTime(): number {
  const bytes = wasmBytes();
  const times = Array.from({ length: 9 }, () => {
    const begin = performance.now();
    const made = createTracker({ wasm: bytes, width: WIDTH, height: HEIGHT });
    const took = performance.now() - begin;
    if (made.ok) made.tracker.dispose();
    return took;
  });
  return percentile(times, 50);
}

/** CPU ms per frame with several anchors in one picture: the frame's own quarters and overlapping parts. */
export function manyAnchors(
  s: Sequence,
  count: number,
): { readonly p50: number; readonly p95: number; readonly shown: number } {
  const made = createTracker({ wasm: wasmBytes(), width: WIDTH, height: HEIGHT });
  if (!made.ok) throw new Error(made.reason);
  const { tracker } = made;
  const quad = s.truth[0]!.quad;
  const at = (u: number, v: number): [number, number] => [
    (quad[0]![0] * (1 - u) + quad[1]![0] * u) * (1 - v) + (quad[3]![0] * (1 - u) + quad[2]![0] * u) * v,
    (quad[0]![1] * (1 - u) + quad[1]![1] * u) * (1 - v) + (quad[3]![1] * (1 - u) + quad[2]![1] * u) * v,
  ];
  for (let i = 0; i < count; i++) {
    const [u, v] = [((i % 4) * 0.5) / 3, (Math.floor(i / 4) * 0.5) / 2];
    const part = [...at(u, v), ...at(u + 0.5, v), ...at(u + 0.5, v + 0.5), ...at(u, v + 0.5)] as unknown as Quad;
    tracker.addAnchor({ gray: s.anchor, width: WIDTH, height: HEIGHT }, { quad: part });
  }
  const cpu: number[] = [];
  let shown = 0;
  let results = 0;
  for (let i = s.start; i < s.truth.length; i++) {
    const before = process.cpuUsage();
    const r = tracker.process(s.frame(i), (i * 1000) / RATE);
    const used = process.cpuUsage(before);
    cpu.push((used.user + used.system) / 1000);
    shown += r.filter((x) => x.state === 'tracking').length;
    results += r.length;
  }
  tracker.dispose();
  return { p50: percentile(cpu, 50), p95: percentile(cpu, 95), shown: (100 * shown) / results };
}
