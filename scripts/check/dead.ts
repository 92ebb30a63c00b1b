import { entries, testFiles } from './house.ts';
import type { Source } from './sources.ts';

/** Exports that nobody imports, and files that no program and no test reaches. */
export function deadFindings(sources: readonly Source[]): string[] {
  return [...unusedExports(sources), ...unreachedFiles(sources)];
}

function unusedExports(sources: readonly Source[]): string[] {
  const used = new Map<string, Set<string>>();
  for (const source of sources) {
    for (const { to, names, inHouse } of source.imports) {
      if (!inHouse) continue;
      const set = used.get(to) ?? new Set<string>();
      for (const name of names) set.add(name);
      used.set(to, set);
    }
  }
  return sources
    .filter((source) => !isEntry(source.path) && !isRun(source.path))
    .flatMap((source) => {
      const names = used.get(source.path) ?? new Set<string>();
      if (names.has('*')) return [];
      return source.exports
        .filter((one) => !names.has(one.name) && !(one.isType && one.from === null && namedTwice(source, one.name)))
        .map(({ name, line }) => `${source.path}:${line}: nobody imports ${name}`);
    });
}

/** A type in the signature of something exported is part of it, though nobody may have to name it. */
function namedTwice({ text }: Source, name: string): boolean {
  return [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length > 1;
}

function unreachedFiles(sources: readonly Source[]): string[] {
  const shipped = reach(sources, (path) => isEntry(path));
  const tested = reach(sources, (path) => isEntry(path) || isRun(path));
  return sources.flatMap(({ path }) => {
    if (shipped.has(path) || (tested.has(path) && isTest(path))) return [];
    return [tested.has(path) ? `${path}: only tests reach this file` : `${path}: nothing reaches this file`];
  });
}

function reach(sources: readonly Source[], isStart: (path: string) => boolean): Set<string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const waiting = sources.map((source) => source.path).filter(isStart);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { to } of byPath.get(path)?.imports ?? []) waiting.push(to);
  }
  return reached;
}

function isEntry(path: string): boolean {
  return entries.some((pattern) => pattern.test(path));
}

/** A file that vitest or Playwright runs. */
function isRun(path: string): boolean {
  return /\.(test|spec)\.tsx?$/.test(path);
}

function isTest(path: string): boolean {
  return testFiles.some((pattern) => pattern.test(path));
}
