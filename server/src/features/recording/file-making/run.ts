import { Worker } from 'node:worker_threads';
import * as z from 'zod/mini';
import type { FileWish, MadeFile } from './make-file.ts';

const Made = z.nullable(
  z.object({
    durationMs: z.number(),
    lengthsMs: z.array(z.number()),
    hasSound: z.boolean(),
  }),
);

/** Bytes of a worker's own memory; a recording of four hours needs about 100 MB for its index. */
const MOST_MEGABYTES = 400;

/** Makes the file in a thread of its own, as copying a large one takes seconds. Ends with the signal, leaving half a file. */
export async function makeFileAside(signal: AbortSignal, wish: FileWish): Promise<MadeFile | null> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: wish,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    });
    const stop = () => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (made: unknown) => resolve(Made.parse(made)));
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new Error('the file was not made to its end'));
    });
  });
}
