/** As much of the browser as keeps a screen awake. */
export interface Wakeful {
  readonly visible: () => boolean;
  readonly onVisible: (life: AbortSignal, run: () => void) => void;
  /** Resolves to what lets the screen sleep again; rejects when the browser refuses (low battery, page hidden). */
  readonly request: () => Promise<{ release(): Promise<void> }>;
}

/** Keeps the screen awake until `life` ends. The browser drops the lock whenever the page is hidden: it is asked anew. */
export function keepAwake(life: AbortSignal, { visible, onVisible, request }: Wakeful): void {
  const hold = async () => {
    if (life.aborted || !visible()) return;
    try {
      const lock = await request();
      if (life.aborted) await lock.release();
      else life.addEventListener('abort', () => void lock.release(), { once: true });
    } catch {
      // A screen that goes dark is no reason to trouble anybody.
    }
  };
  onVisible(life, () => void hold());
  void hold();
}

/** This browser's screen, or nothing where it can't be kept awake. */
export function browserWakeful(): Wakeful | null {
  if (!('wakeLock' in navigator)) return null;
  return {
    visible: () => document.visibilityState === 'visible',
    onVisible: (life, run) =>
      document.addEventListener(
        'visibilitychange',
        () => {
          if (document.visibilityState === 'visible') run();
        },
        { signal: life },
      ),
    request: () => navigator.wakeLock.request('screen'),
  };
}
