import { createStore } from '#web/state/store.ts';
import type { Frame } from './frames.ts';
import type { Encoded, Poor, Poses, Tracking } from './tracking.ts';
import { isFromWorker, type ToWorker } from './worker-messages.ts';

interface Waiting {
  readonly encoded: ((encoded: Encoded | null) => void) | null;
  readonly poses: ((poses: Poses | null) => void) | null;
}

const transferables = (message: ToWorker): Transferable[] => {
  if (message.kind === 'look') return [message.frame];
  if (message.kind === 'encode') return [...message.sources];
  return message.kind === 'learn' && !(message.source instanceof Blob) ? [message.source] : [];
};

/** The tracker in a worker of its own, which starts at the first call. It ends with `life`. */
export function createTrackingWorker(life: AbortSignal, open: () => Worker): Tracking {
  const waiting = new Map<number, Waiting>();
  const poor = new Set<(poor: Poor) => void>();
  const off = createStore(false);
  let worker: Worker | null = null;
  let broken = false;
  let asked = 0;
  let looking = false;
  let restMs = 0;

  const fail = () => {
    broken = true;
    off.set(true);
    for (const one of waiting.values()) {
      one.encoded?.(null);
      one.poses?.(null);
    }
    waiting.clear();
    looking = false;
  };

  const hear = ({ data }: MessageEvent<unknown>) => {
    if (!isFromWorker(data)) return;
    if (data.kind === 'poor') {
      for (const listener of [...poor]) listener(data.poor);
      return;
    }
    if (data.kind === 'off') return off.set(true);
    const one = waiting.get(data.ask);
    waiting.delete(data.ask);
    if (data.kind === 'encoded') one?.encoded?.(data.encoded);
    else {
      looking = false;
      restMs = data.restMs;
      one?.poses?.({ frame: data.ask, found: data.found, tookMs: data.tookMs });
    }
  };

  const tell = (message: ToWorker) => {
    if (worker === null && !broken) {
      worker = open();
      worker.addEventListener('message', hear, { signal: life });
      worker.addEventListener('error', fail, { signal: life });
    }
    worker?.postMessage(message, transferables(message));
  };
  life.addEventListener(
    'abort',
    () => {
      worker?.terminate();
      fail();
    },
    { once: true },
  );

  const encode = (sources: readonly Frame[]) =>
    new Promise<Encoded>((done, failed) => {
      if (broken) return failed(new Error('no picture'));
      const ask = ++asked;
      const encoded = (made: Encoded | null) => (made === null ? failed(new Error('no picture')) : done(made));
      waiting.set(ask, { encoded, poses: null });
      tell({ kind: 'encode', ask, sources });
    });

  return {
    learn: (pictureId, source) => tell({ kind: 'learn', pictureId, source }),
    encode: (source) => encode([source]),
    encodeBest: encode,
    want: (wanted) => tell({ kind: 'want', wanted }),
    look(frame) {
      if (looking || broken || life.aborted) {
        frame.close();
        return Promise.resolve(null);
      }
      looking = true;
      const ask = ++asked;
      const { promise, resolve } = Promise.withResolvers<Poses | null>();
      waiting.set(ask, { encoded: null, poses: resolve });
      tell({ kind: 'look', ask, frame, atMs: performance.now() });
      return promise;
    },
    onPoor(until, listener) {
      poor.add(listener);
      until.addEventListener('abort', () => poor.delete(listener), { once: true });
    },
    restMs: () => restMs,
    off,
  };
}
