import { i18n } from '@lingui/core';
import type { ChannelMessage } from '#contract/call/index.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

type Refused = Extract<ChannelMessage, { kind: 'refused' }>;

/** How often another page said that it did not hear something of ours, by the reason it gave. */
export type Unheard = Readonly<Record<Refused['why'], number>>;

interface UnheardParts {
  readonly onMessage: (life: AbortSignal, listener: (from: string, message: ChannelMessage) => void) => void;
  /** Called once for each person and reason: more often tells nobody anything new. */
  readonly onFirst: (why: Refused['why'], from: string) => void;
}

/** Counts what others' pages did not hear. */
export function countUnheard(life: AbortSignal, { onMessage, onFirst }: UnheardParts): ReadableStore<Unheard> {
  const unheard = createStore<Unheard>({ malformed: 0, 'too-many': 0 });
  const said = new Set<string>();
  onMessage(life, (from, message) => {
    if (message.kind !== 'refused') return;
    const { why } = message;
    unheard.set({ ...unheard.get(), [why]: unheard.get()[why] + 1 });
    const once = `${why} ${from}`;
    if (said.has(once)) return;
    said.add(once);
    onFirst(why, from);
  });
  return unheard;
}

/** What that means for the one who draws, in plain words. */
export function unheardWords(why: Refused['why'], name: string): string {
  return why === 'too-many'
    ? i18n._('{name}’s device can’t keep up with your drawing. What you finish is kept; wait a moment between lines.', {
        name,
      })
    : i18n._('{name}’s page did not understand yours. If a drawing is missing there, both reload the page.', { name });
}
