import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod/mini';
import { makeFile } from './make-file.ts';

/** One file, made beside the server's own thread; what it is to be comes with the start, what has become of it is told at the end. */
const Wish = z.object({
  parts: z.array(z.string()),
  to: z.string(),
  type: z.enum(['video/mp4', 'video/webm']),
});

parentPort?.postMessage(await makeFile(Wish.parse(workerData)));
