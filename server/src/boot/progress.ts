/** Writes a line for the person in front of the terminal. Logs are pino's, these lines are not logs. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Does one step of the start and tells about it: `  ✓ Database  0.5 s`, with the answer's detail. */
export async function step<T>(
  name: string,
  work: () => Promise<T>,
  detail: (result: T) => string = () => '',
): Promise<T> {
  const from = performance.now();
  const result = await work();
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  const more = detail(result);
  say(`  ✓ ${name}${more === '' ? '' : `: ${more}`}  ${seconds} s`);
  return result;
}
