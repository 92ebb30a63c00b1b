import { longestFile, longFiles } from './house.ts';
import type { Source } from './sources.ts';

/** Files that are too long without a reason, and reasons that are no longer needed. */
export function sizeFindings(sources: readonly Source[]): string[] {
  const long = sources.filter((source) => source.lines > longestFile && longFiles[source.path] === undefined);
  const stale = Object.keys(longFiles).filter(
    (path) => (sources.find((source) => source.path === path)?.lines ?? 0) <= longestFile,
  );
  return [
    ...long.map(({ path, lines }) => `${path}: ${lines} lines; split it, or give the reason in scripts/check/house.ts`),
    ...stale.map((path) => `scripts/check/house.ts: ${path} is no longer over ${longestFile} lines`),
  ];
}

/** How long the files are, in words. */
export function sizeSummary(sources: readonly Source[]): string {
  const sorted = sources.map((source) => source.lines).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return `${sources.length} files, median ${median} lines, longest ${sorted.at(-1) ?? 0}`;
}
