import type { ParticipantId } from '#contract/ids.ts';
import { recordedSize } from '#core/recording/layout.ts';
import { type Cast, emptyCast } from './cast.ts';
import { createComposer } from './composer.ts';
import { openFile, type RecordedFile } from './file.ts';
import { MOST_FRAMES } from './formats.ts';
import { type FromWorker, isToWorker, type ToWorker } from './messages.ts';
import { createSoundTrack, type SoundTrack } from './sound-track.ts';
import { createTimeline } from './timeline.ts';
import { openUpload, type Upload } from './upload.ts';

/*
 * The recorder beside the page: pictures and sound in, a file out to the server. A page in the background has no display frames and
 * few timers; here it goes on all the same. One worker makes one part.
 */

/** A little less than the call's time from frame to frame, ms: none of a full stream is left out because it came early. */
const LEAST_GAP_MS = 1000 / MOST_FRAMES - 7;
/** Where the picture on stage brings no frame for so long, it is recorded once more. */
const MOST_GAP_MS = 38;
/** So long the first picture and the first sound may take before recording begins without them. */
const PATIENCE_MS = 1_000;

const tell = (message: FromWorker) => self.postMessage(message);
const composer = createComposer();
const timeline = createTimeline();
const readers = new Map<ParticipantId, ReadableStreamDefaultReader<VideoFrame>>();
let cast: Cast = emptyCast;
let part: { readonly file: RecordedFile; readonly upload: Upload; readonly sound: SoundTrack } | null = null;
let composing = false;
let begun = false;
let held: Uint8Array<ArrayBuffer>[] = [];
let heard = false;
let lastMs = Number.NEGATIVE_INFINITY;
let timer: ReturnType<typeof setTimeout> | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;

function fail(trouble: Extract<FromWorker, { kind: 'trouble' }>['trouble']): void {
  stop();
  part?.file.close();
  tell({ kind: 'trouble', trouble });
}

function stop(): void {
  timeline.stop(performance.now());
  clearTimeout(timer);
  clearTimeout(patience);
  cast = emptyCast;
  for (const reader of readers.values()) reader.cancel().catch(() => {});
  readers.clear();
}

/** A picture is due: a frame has come, or none has for too long. */
function due(): void {
  clearTimeout(timer);
  if (!timeline.runs || part === null) return;
  const waitMs = lastMs + (composing ? MOST_GAP_MS : LEAST_GAP_MS) - performance.now();
  if (waitMs <= 0 && !composing) void compose(part);
  else timer = setTimeout(due, Math.max(1, waitMs));
}

async function compose({ file, sound }: NonNullable<typeof part>): Promise<void> {
  composing = true;
  const nowMs = performance.now();
  const atMs = timeline.at(nowMs);
  lastMs = nowMs;
  try {
    sound.keepUp(atMs);
    const data = file.isBehind() ? null : await composer.compose(nowMs);
    // It may have been paused meanwhile: what was being made is dropped.
    if (data !== null && timeline.runs) {
      const { width: codedWidth, height: codedHeight } = recordedSize;
      const timestamp = Math.round(atMs * 1000);
      file.picture(new VideoFrame(data, { format: 'I420', codedWidth, codedHeight, timestamp, colorSpace: COLOURS }));
      if (!begun) begins();
    }
  } catch {
    fail('encoder');
  }
  composing = false;
  clearTimeout(timer);
  timer = setTimeout(due, Math.max(0, lastMs + MOST_GAP_MS - performance.now()));
}

/** The server tells everybody of a recording at the first bytes: none goes up before the first picture. */
function begins(): void {
  begun = true;
  for (const bytes of held) part?.upload.write(bytes);
  held = [];
  tell({ kind: 'began' });
}

/** What calls have. */
const COLOURS = { primaries: 'smpte170m', transfer: 'smpte170m', matrix: 'smpte170m', fullRange: false } as const;

async function begin({ formats, what, speaker, sound }: Extract<ToWorker, { kind: 'begin' }>): Promise<void> {
  const upload = openUpload(new AbortController().signal, {
    what,
    speaker,
    send: (...request) => fetch(...request),
    pause,
    onLeft: (bytes) => tell({ kind: 'left', bytes }),
    onTrouble: fail,
  });
  const file = await openFile({
    formats,
    write: (bytes) => (begun ? upload.write(bytes) : void held.push(bytes)),
    onTrouble: () => fail('encoder'),
  });
  part = { file, upload, sound: createSoundTrack(formats.sound.sampleRate, file.sound) };
  show(cast.stage === null ? null : cast);
  await hear(sound.getReader());
}

async function hear(reader: ReadableStreamDefaultReader<AudioData>): Promise<void> {
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return;
    heard = true;
    if (timeline.runs && part !== null) part.sound.take(value, timeline.at(performance.now()));
    else value.close();
  }
}

async function watch({ key, frames }: Extract<ToWorker, { kind: 'frames' }>): Promise<void> {
  const reader = frames.getReader();
  readers
    .get(key)
    ?.cancel()
    .catch(() => {});
  readers.set(key, reader);
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return;
    if (readers.get(key) === reader) composer.take(key, value);
    else value.close();
    if (cast.stage?.key !== key) continue;
    if (timeline.runs) due();
    else if (heard) run();
  }
}

function show(next: Cast | null): void {
  cast = next ?? emptyCast;
  composer.show(cast);
  clearTimeout(patience);
  part?.upload.hold(next === null);
  if (next === null) timeline.stop(performance.now());
  if (next === null || timeline.runs || part === null) return;
  patience = setTimeout(run, PATIENCE_MS);
}

/** From the first picture on there is something to record, once there is sound. */
function run(): void {
  clearTimeout(patience);
  if (timeline.runs || part === null || cast.stage === null) return;
  part.file.beginAnew();
  timeline.run(performance.now());
  due();
}

async function end(): Promise<void> {
  stop();
  // Nothing was recorded: there is no file to finish.
  if (part === null || !begun) return tell({ kind: 'done' });
  await part.file.finish();
  part.file.close();
  if (await part.upload.finish()) tell({ kind: 'done' });
}

function pause(life: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const waits = setTimeout(resolve, ms);
    const over = () => {
      clearTimeout(waits);
      resolve();
    };
    life.addEventListener('abort', over, { once: true });
  });
}

function hearPage(message: ToWorker): void | Promise<void> {
  switch (message.kind) {
    case 'begin':
      return begin(message);
    case 'frames':
      return watch(message);
    case 'show':
      return show(message.cast);
    case 'picture':
      return composer.learn(message.id, message.file).catch(() => {});
    case 'end':
      return end();
  }
}

self.addEventListener('message', async ({ data }: MessageEvent<unknown>) => {
  if (!isToWorker(data)) return;
  try {
    await hearPage(data);
  } catch {
    fail('encoder');
  }
});
