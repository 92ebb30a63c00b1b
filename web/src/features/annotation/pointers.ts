import type { FramePoint } from '#contract/annotation/drawing.ts';
import type { ChannelMessage } from '#contract/call/index.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** Somebody else's pointer on a camera's present picture. */
export interface RemotePointer {
  readonly from: string;
  readonly participantId: string;
  readonly at: FramePoint;
  readonly heardAt: number;
}

export interface Pointers {
  readonly pointers: ReadableStore<readonly RemotePointer[]>;
  hear(from: string, message: ChannelMessage): void;
  keepOf(peers: readonly string[]): void;
}

/** A pointer that rests is gone after this time; it fades during the last part of it. */
const STAYS_MS = 2_000;
const FADES_MS = 600;

/** How well a pointer is still to be seen, 0…1. */
export const pointerOpacity = ({ heardAt }: RemotePointer, now: number): number =>
  Math.min(1, Math.max(0, (heardAt + STAYS_MS - now) / FADES_MS));

/** Keeps where others point at this moment: one place each. */
export function createPointers(life: AbortSignal, now: () => number): Pointers {
  const pointers = createStore<readonly RemotePointer[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  life.addEventListener('abort', () => clearTimeout(timer), { once: true });
  const expire = () => {
    timer = undefined;
    const left = pointers.get().filter((one) => now() - one.heardAt < STAYS_MS);
    if (left.length < pointers.get().length) pointers.set(left);
    arm();
  };
  const arm = () => {
    if (timer === undefined && pointers.get().length > 0 && !life.aborted) timer = setTimeout(expire, 250);
  };
  const without = (from: string) => pointers.get().filter((one) => one.from !== from);
  return {
    pointers,
    hear(from, message) {
      if (message.kind !== 'pointer') return;
      const { participantId, at } = message;
      if (at === null) pointers.set(without(from));
      else pointers.set([...without(from), { from, participantId, at, heardAt: now() }]);
      arm();
    },
    keepOf: (peers) => {
      const left = pointers.get().filter((one) => peers.includes(one.from));
      if (left.length < pointers.get().length) pointers.set(left);
    },
  };
}
