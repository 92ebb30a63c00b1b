import { matchesGlob, posix } from 'node:path';
import { madePaths } from './house.ts';
import { readText } from './sources.ts';

/** Paths that documents name but that do not exist (any more), one line each. */
export function docsFindings(files: readonly string[]): string[] {
  const known = new Set(files);
  for (const file of files) {
    for (let folder = posix.dirname(file); folder !== '.'; folder = posix.dirname(folder)) known.add(folder);
  }
  const tops = new Set(files.map((file) => file.split('/')[0] ?? file));
  return files
    .filter((file) => file.endsWith('.md'))
    .flatMap((file) => {
      const lines = readText(file).split('\n');
      return lines.flatMap((line, index) =>
        namedPaths(line, tops)
          .filter((path) => !exists(path, file, known))
          .map((path) => `${file}:${index + 1}: there is no ${path}`),
      );
    });
}

/** Links to files, and code spans that begin with one of our top folders. */
function namedPaths(line: string, tops: ReadonlySet<string>): string[] {
  const links = [...line.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map((match) => match[1] ?? '');
  const spans = [...line.matchAll(/`([\w.@*/-]+)`/g)].map((match) => match[1] ?? '');
  return [...links, ...spans.filter((span) => span.includes('/') && tops.has(span.split('/')[0] ?? ''))];
}

function exists(path: string, from: string, known: ReadonlySet<string>): boolean {
  const candidates = [posix.normalize(path), posix.join(posix.dirname(from), path)].map((one) =>
    one.replace(/\/$/, ''),
  );
  return candidates.some((candidate) => {
    if (madePaths.some((pattern) => pattern.test(candidate)) || known.has(candidate)) return true;
    return candidate.includes('*') && [...known].some((one) => matchesGlob(one, candidate));
  });
}
