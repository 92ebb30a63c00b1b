import type { Source } from './sources.ts';

/** Groups of files that import each other in a circle, one line each. */
export function cycleFindings(sources: readonly Source[]): string[] {
  const graph = new Map(
    sources.map((source) => [source.path, source.imports.filter((one) => one.inHouse).map((one) => one.to)]),
  );
  const found = new Set<string>();
  const findings: string[] = [];
  const done = new Set<string>();
  for (const start of graph.keys()) follow(start, []);
  return findings;

  function follow(path: string, way: string[]): void {
    const at = way.indexOf(path);
    if (at >= 0) {
      const circle = way.slice(at);
      const name = circle.toSorted().join(' ');
      if (!found.has(name)) findings.push(`a circle: ${[...circle, path].join(' → ')}`);
      found.add(name);
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) follow(next, [...way, path]);
    done.add(path);
  }
}
