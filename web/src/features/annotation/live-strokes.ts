import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId } from '#contract/annotation/ids.ts';
import type { ChannelMessage } from '#contract/call/index.ts';
import { placeBatch } from '#core/annotation/stroke.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Somebody else's drawing on its way. */
export interface LiveStroke {
  readonly from: string;
  readonly drawing: Drawing;
}

export interface LiveStrokes {
  readonly strokes: ReadableStore<readonly LiveStroke[]>;
  hear(from: string, message: ChannelMessage): void;
  /** These are facts now (or were taken away): what was on its way is done. */
  settle(known: (id: DrawingId) => boolean): void;
  /** Only these are still here. */
  keepOf(peers: readonly string[]): void;
}

/** One hand draws one thing at a time; more are only there while a fact is on its way. */
const MOST_PER_PEER = 6;
/** A hand begins no more in a second; each may be on a picture that has to be asked for. */
const NEW_PER_SECOND = 5;
/** A stroke that does not go on, and does not become a fact either. */
const GIVEN_UP_MS = 12_000;

interface Known extends LiveStroke {
  readonly heardAt: number;
}

/** Keeps what others are drawing at this moment, as their pages tell it: bounded, and gone when it does not go on. */
export function createLiveStrokes(life: AbortSignal, now: () => number): LiveStrokes {
  const strokes = createStore<readonly Known[]>([]);
  /** Facts overtake the last points of their stroke, which must not bring it back. */
  const done = new Set<DrawingId>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  life.addEventListener('abort', () => clearTimeout(timer), { once: true });

  const keep = (stays: (one: Known) => boolean) => {
    const left = strokes.get().filter(stays);
    if (left.length < strokes.get().length) strokes.set(left);
  };
  const expire = () => {
    timer = undefined;
    keep((one) => now() - one.heardAt < GIVEN_UP_MS);
    arm();
  };
  const arm = () => {
    if (timer === undefined && strokes.get().length > 0 && !life.aborted) timer = setTimeout(expire, GIVEN_UP_MS / 4);
  };
  const finish = (id: DrawingId) => {
    done.add(id);
    for (const old of [...done].slice(0, -200)) done.delete(old);
  };

  /** When each peer began its latest strokes. */
  const begun = new Map<string, readonly number[]>();
  const mayBegin = (from: string) => {
    const lately = (begun.get(from) ?? []).filter((at) => now() - at < 1_000);
    if (lately.length >= NEW_PER_SECOND) return false;
    begun.set(from, [...lately, now()]);
    return true;
  };

  const put = (from: string, drawing: Drawing) => {
    if (done.has(drawing.id)) return;
    const one: Known = { from, drawing, heardAt: now() };
    const all = strokes.get();
    const at = all.findIndex((known) => known.drawing.id === drawing.id);
    if (at >= 0) {
      // Another's drawing is not mine to move, also not by its name.
      if (all[at]?.from === from) strokes.set(all.with(at, one));
      return;
    }
    if (!mayBegin(from)) return;
    const others = all.filter((known) => known.from !== from);
    const own = all.filter((known) => known.from === from).slice(-(MOST_PER_PEER - 1));
    strokes.set([...others, ...own, one]);
    arm();
  };

  return {
    strokes,
    hear(from, message) {
      if (message.kind === 'stroke-points') {
        const { drawingId: id, surface, colour, width } = message;
        const known = strokes.get().find((one) => one.drawing.id === id && one.from === from)?.drawing.shape;
        const before = known?.tool === 'pen' ? known.points : [];
        const points = [...placeBatch(before, message.from, message.points)];
        if (points.length > 0) put(from, { id, surface, shape: { tool: 'pen', points }, style: { colour, width } });
      }
      if (message.kind === 'shape-moved') {
        const { drawingId: id, surface, colour, width, tool, to } = message;
        put(from, { id, surface, shape: { tool, from: message.from, to }, style: { colour, width } });
      }
      if (message.kind === 'stroke-dropped') {
        finish(message.drawingId);
        keep((one) => one.drawing.id !== message.drawingId || one.from !== from);
      }
    },
    settle(known) {
      for (const { drawing } of strokes.get()) if (known(drawing.id)) finish(drawing.id);
      keep((one) => !known(one.drawing.id));
    },
    keepOf(peers) {
      for (const from of begun.keys()) if (!peers.includes(from)) begun.delete(from);
      keep((one) => peers.includes(one.from));
    },
  };
}
