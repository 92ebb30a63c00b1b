/** Finds the known name that a misspelt one was probably meant to be, or undefined. */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  // Short names have many innocent neighbours (HOME is two letters from HOST), so they get one slip, long ones two.
  return known.find((candidate) => distance(upper, candidate) <= (candidate.length <= 5 ? 1 : 2));
}

/** Edit distance with neighbour swaps (optimal string alignment). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const best = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
