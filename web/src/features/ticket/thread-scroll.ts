import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { ThreadItem } from './thread.ts';

const NEAR_END_PX = 80;
const NEAR_START_PX = 300;

/**
 * Where the reader of a thread is. At the end the thread follows new messages; further up it stays put when earlier
 * pages are added above, and something new below is offered. It begins at the unread line, or at the end.
 */
export class ThreadScroll {
  /** Something was said below of what the reader sees. */
  readonly somethingNew: ReadableStore<boolean>;
  private readonly news = createStore(false);
  private readonly seen: () => void;
  private element: HTMLElement | null = null;
  private atEnd = true;
  private placed = false;
  private height = 0;
  private firstKey = '';
  private lastKey = '';

  constructor(seen: () => void) {
    this.somethingNew = this.news;
    this.seen = seen;
  }

  /** Watches the box for being resized (the keyboard of a phone, a turned screen) and the page for being looked at. */
  attach(signal: AbortSignal, element: HTMLElement): void {
    this.element = element;
    const resized = new ResizeObserver(() => {
      if (this.atEnd && this.placed) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    signal.addEventListener('abort', () => resized.disconnect());
    document.addEventListener('visibilitychange', () => this.lookedAt(), { signal });
  }

  /** To be called after these items have been drawn, before they are seen. */
  drawn(items: readonly ThreadItem[]): void {
    const element = this.element;
    if (element === null) return;
    const firstKey = items.find((item) => item.kind !== 'day')?.key ?? '';
    const last = items.at(-1);
    const isNew = last?.kind === 'message' && last.key !== this.lastKey;
    if (!this.placed) this.begin(element);
    else if (firstKey !== this.firstKey && this.firstKey !== '')
      element.scrollTop += element.scrollHeight - this.height;
    else if (this.atEnd || (isNew && last.side === 'own')) this.toEnd();
    else if (isNew) this.news.set(true);
    this.placed = true;
    this.height = element.scrollHeight;
    this.firstKey = firstKey;
    this.lastKey = last?.key ?? '';
    this.lookedAt();
  }

  toEnd(): void {
    if (this.element !== null) this.element.scrollTop = this.element.scrollHeight;
    this.atEnd = true;
    this.news.set(false);
    this.lookedAt();
  }

  /** Resolves to whether the reader is close to the first message that is here. */
  scrolled(): boolean {
    if (this.element === null || !this.placed) return false;
    this.atEnd = isNearEnd(this.element);
    if (this.atEnd) {
      this.news.set(false);
      this.lookedAt();
    }
    return this.element.scrollTop < NEAR_START_PX;
  }

  private begin(element: HTMLElement): void {
    const line = element.querySelector('[data-unread]');
    if (line === null) element.scrollTop = element.scrollHeight;
    else line.scrollIntoView({ block: 'center' });
    this.atEnd = isNearEnd(element);
  }

  private lookedAt(): void {
    if (this.placed && this.atEnd && document.visibilityState === 'visible') this.seen();
  }
}

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
}
