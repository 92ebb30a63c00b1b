import type { Size } from '#core/geometry/points.ts';
import { coreUrl, createTracker, hasSimd, loadCore, type Tracker } from '#tracker/index.ts';
import { createBudget, restOf } from './budget.ts';
import type { Frame } from './frames.ts';
import { sharpness } from './luma.ts';
import { createReader, encodePicture } from './pixels.ts';
import { createScene, type PlaneTracker } from './scene.ts';
import { type FromWorker, isToWorker, type ToWorker } from './worker-messages.ts';

/*
 * The tracker beside the page: frames in, poses out. It starts when somebody draws and does nothing while no frame comes.
 * Messages are worked off one after the other.
 */

/** What the tracker itself may take of a full stream's frame, ms, before it looks less closely: rate and resolution (budget.ts) go down first. */
const BUDGET_MS = 30;

/** Where nothing can be followed no frame has to be read: so often the page hears so. */
const REST_WHILE_BLIND_MS = 500;

const tell = (message: FromWorker, moved: Transferable[] = []) => self.postMessage(message, { transfer: moved });
const budget = createBudget();
const readFrame = createReader();
const readPicture = createReader();
const core = hasSimd() ? loadCore(coreUrl).catch(() => null) : Promise.resolve(null);
void core.then((module) => module === null && tell({ kind: 'off' }));
let compiled: WebAssembly.Module | null = null;
let tracker: Tracker | null = null;
let lookedAtMs = 0;

const scene = createScene(
  (size) => makeTracker(size),
  (poor) => tell({ kind: 'poor', poor }),
);

function makeTracker({ width, height }: Size): PlaneTracker | null {
  if (compiled === null) return null;
  const made = createTracker({ wasm: compiled, width, height, budgetMs: BUDGET_MS });
  tracker = made.ok ? made.tracker : null;
  return tracker;
}

async function learn({ pictureId, source }: Extract<ToWorker, { kind: 'learn' }>): Promise<void> {
  if (scene.knows(pictureId)) {
    if (!(source instanceof Blob)) source.close();
    return;
  }
  const picture = source instanceof Blob ? await createImageBitmap(source) : source;
  const { gray, width, height } = await readPicture(picture, 640);
  picture.close();
  scene.learn(pictureId, { gray: gray.slice(), width, height });
}

/** The sharpest of several frames as a file. */
async function encode(sources: readonly Frame[]) {
  let best: { readonly source: Frame; readonly sharp: number } | null = null;
  for (const source of sources) {
    const sharp = sources.length === 1 ? 0 : sharpnessOf(await readPicture(source, 1_280));
    if (best === null || sharp > best.sharp) best = { source, sharp };
  }
  const encoded = best === null ? null : await encodePicture(best.source);
  for (const source of sources) source.close();
  return encoded;
}

const sharpnessOf = (picture: Size & { readonly gray: Uint8Array }) => sharpness(picture.gray, picture);

async function look({ ask, frame, atMs }: Extract<ToWorker, { kind: 'look' }>): Promise<void> {
  if (compiled === null) {
    frame.close();
    return tell({ kind: 'found', ask, found: scene.blind(), tookMs: 0, restMs: REST_WHILE_BLIND_MS });
  }
  const begun = performance.now();
  const picture = await readFrame(frame, budget.effort.longest);
  frame.close();
  const found = scene.process(picture, atMs);
  const tookMs = performance.now() - begun;
  // Searching takes longer than following and is thinned out by the tracker itself: for a smaller picture it would begin anew in the midst of it.
  const seen = found.some(({ sight }) => sight === 'tracking' || sight === 'uncertain');
  if (seen) budget.spent(tookMs, atMs - lookedAtMs);
  lookedAtMs = atMs;
  const rate = tracker === null ? 1 : 30 / tracker.load.framesPerSecond;
  const moved = found.flatMap(({ places, pose }) => [places?.buffer, pose?.buffer].filter((one) => one !== undefined));
  tell({ kind: 'found', ask, found, tookMs, restMs: restOf(Math.max(rate, budget.effort.every)) }, moved);
}

async function answer(message: ToWorker): Promise<void> {
  compiled ??= await core;
  switch (message.kind) {
    case 'learn':
      return learn(message);
    case 'encode':
      return tell({ kind: 'encoded', ask: message.ask, encoded: await encode(message.sources) });
    case 'want':
      return scene.want(message.wanted);
    case 'look':
      return look(message);
  }
}

/** A picture that can't be read, a frame that is gone: whoever waits for an answer gets an empty one. */
function giveUp(message: ToWorker): void {
  if (message.kind === 'encode') tell({ kind: 'encoded', ask: message.ask, encoded: null });
  if (message.kind === 'look') tell({ kind: 'found', ask: message.ask, found: [], tookMs: 0, restMs: 0 });
}

let last: Promise<void> = Promise.resolve();
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToWorker(data)) return;
  last = last.then(() => answer(data)).catch(() => giveUp(data));
});
