/**
 * Work that reads something afresh: asked for again while it runs, it runs once more afterwards, however often it was
 * asked. So the last answer shown is never older than the last reason to ask.
 */
export function coalesced(signal: AbortSignal, work: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const run = async () => {
    running = true;
    do {
      again = false;
      await work();
    } while (again && !signal.aborted);
    running = false;
  };
  return () => {
    again = true;
    if (!running && !signal.aborted) void run();
  };
}
