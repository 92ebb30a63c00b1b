import { useSyncExternalStore } from 'react';
import { fullTimeWords, shortTimeWords } from '#web/ui/time-words.ts';

// One clock for all moments on the page; it ticks only while there is one.
const listeners = new Set<() => void>();
let minute = currentMinute();
let timer: ReturnType<typeof setInterval> | undefined;

function currentMinute(): number {
  return Math.floor(Date.now() / 60_000);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute = currentMinute();
    for (const tell of listeners) tell();
  }, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A moment in short, whole on hover; stays right past midnight. */
export function Moment({ at }: { at: string }) {
  useSyncExternalStore(subscribe, () => minute);
  return (
    <time dateTime={at} title={fullTimeWords(at)}>
      {shortTimeWords(at, new Date())}
    </time>
  );
}
