/** Writes a line for the person in front of the terminal. */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with one sentence and no stack. */
export function refuse(sentence) {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}

/** Does long work under a line that says so, counts seconds in a terminal, and closes with what it took. */
export async function step(doing, done, work) {
  const from = performance.now();
  const seconds = () => Math.round((performance.now() - from) / 1000);
  const inTerminal = process.stdout.isTTY === true;
  process.stdout.write(`  … ${doing}${inTerminal ? '' : '\n'}`);
  const timer = inTerminal
    ? setInterval(() => process.stdout.write(`\r  … ${doing}  ${seconds()} s`), 1000)
    : undefined;
  try {
    return await work();
  } finally {
    clearInterval(timer);
    process.stdout.write(`${inTerminal ? '\r\u001b[K' : ''}  ✓ ${done}  ${seconds()} s\n`);
  }
}
