import { Fragment, type ReactNode } from 'react';
import { createStore, type Readable, watch } from '#web/state/store.ts';
import type { PictureTools } from './picture-tools.ts';

/** Puts the tools of several features together as one: buttons in their order, the first that wants somebody on stage. */
export function joinTools(life: AbortSignal, parts: readonly Partial<PictureTools>[]): PictureTools {
  return {
    buttons: joined(
      life,
      parts.flatMap(({ buttons }) => buttons ?? []),
      (all) => all.flat(),
    ),
    onStage: joined(
      life,
      parts.flatMap(({ onStage }) => onStage ?? []),
      (all) => all.find((one) => one !== null) ?? null,
    ),
    over: (view, video) => nodes(parts.map(({ over }) => over?.(view, video))),
    beside: (what, author) => nodes(parts.map(({ beside }) => beside?.(what, author))),
    underWay: () => nodes(parts.map(({ underWay }) => underWay?.())),
    status: () => nodes(parts.map(({ status }) => status?.())),
    dialogs: () => nodes(parts.map(({ dialogs }) => dialogs?.())),
  };
}

function joined<T, Whole>(
  life: AbortSignal,
  stores: readonly Readable<T>[],
  join: (all: readonly T[]) => Whole,
): Readable<Whole> {
  const whole = createStore(join(stores.map((store) => store.get())));
  for (const store of stores) watch(life, store, () => whole.set(join(stores.map((one) => one.get()))));
  return whole;
}

/** Each part keeps its own place, whether it shows something or not. */
const nodes = (all: readonly ReactNode[]): ReactNode =>
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts are the same ones in the same order for as long as they live
  all.map((node, i) => <Fragment key={i}>{node}</Fragment>);
