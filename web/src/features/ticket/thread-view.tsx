import { i18n } from '@lingui/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { IconDown, IconMessage } from '#web/ui/icons.tsx';
import { dayWords } from '#web/ui/time-words.ts';
import { MessageLine } from './message-line.tsx';
import * as css from './messenger.module.css';
import type { Messenger, MessengerState } from './messenger-model.ts';
import { type SessionActions, SessionCard, type SessionLeaves } from './session-card.tsx';
import type { ThreadItem } from './thread.ts';
import { ThreadScroll } from './thread-scroll.ts';
import { systemWords } from './thread-words.ts';

interface ThreadViewProps {
  readonly model: Messenger;
  readonly screen: MessengerState;
  readonly joinAs: 'member' | 'code';
  readonly leaves?: SessionLeaves | undefined;
  readonly actions?: SessionActions | undefined;
}

/** The scrolling thread. */
export function ThreadView({ model, screen, joinAs, leaves, actions }: ThreadViewProps) {
  const box = useRef<HTMLElement>(null);
  const [scroll] = useState(() => new ThreadScroll(() => model.seen()));
  const somethingNew = useStore(scroll.somethingNew);
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'failed'>('idle');
  const { items } = screen;
  const loaded = screen.state !== 'loading';

  // The box first, then what is drawn in it: layout effects run in this order.
  useLayoutEffect(() => {
    const end = new AbortController();
    if (box.current !== null) scroll.attach(end.signal, box.current);
    return () => end.abort();
  }, [scroll]);
  useLayoutEffect(() => {
    if (loaded) scroll.drawn(items);
  }, [scroll, items, loaded]);

  const loadEarlier = async () => {
    if (earlier === 'loading') return;
    setEarlier('loading');
    setEarlier((await model.loadEarlier()) ? 'idle' : 'failed');
  };
  const onScroll = () => {
    if (scroll.scrolled() && screen.hasEarlier && earlier === 'idle') void loadEarlier();
  };

  return (
    <div className={css.threadFrame}>
      <section
        ref={box}
        className={css.thread}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label={i18n._('Thread')}
      >
        {screen.hasEarlier && (
          <Button kind="quiet" busy={earlier === 'loading'} onClick={() => void loadEarlier()}>
            {earlier === 'failed' ? i18n._('Not loaded. Try again') : i18n._('Earlier messages')}
          </Button>
        )}
        {!loaded && <ThreadLoading />}
        <ol className={css.items}>
          {items.map((item) => (
            <li key={item.key} className={css.item}>
              <ItemView item={item} model={model} screen={screen} joinAs={joinAs} leaves={leaves} actions={actions} />
            </li>
          ))}
        </ol>
        {loaded && !items.some((item) => item.kind === 'message' || item.kind === 'session') && <ThreadEmpty />}
      </section>
      {somethingNew && (
        <div className={css.down}>
          <Button kind="primary" icon={<IconDown size={20} />} onClick={() => scroll.toEnd()}>
            {i18n._('New messages')}
          </Button>
        </div>
      )}
      <Announcer items={items} loaded={loaded} />
    </div>
  );
}

function ItemView({ item, model, screen, joinAs, leaves, actions }: ThreadViewProps & { readonly item: ThreadItem }) {
  switch (item.kind) {
    case 'day':
      return <p className={css.day}>{dayWords(item.at, new Date())}</p>;
    case 'unread':
      return (
        <p className={css.unread} data-unread="">
          {i18n._('New')}
        </p>
      );
    case 'system':
      return <p className={css.system}>{systemWords(item.event, model.isMine)}</p>;
    case 'session':
      return (
        <SessionCard
          sessionId={item.sessionId}
          session={item.session}
          clock={screen.clock}
          joinAs={joinAs}
          leaves={leaves}
          actions={actions}
        />
      );
    case 'message':
      return <MessageLine item={item} onRetry={model.retry} onDiscard={model.discard} />;
  }
}

function ThreadEmpty() {
  return (
    <div className={css.empty}>
      <IconMessage size={40} />
      <p>{i18n._('No messages yet. Write the first one below.')}</p>
    </div>
  );
}

function ThreadLoading() {
  return (
    <div className={css.loading} role="status" aria-label={i18n._('Loading messages')}>
      <span />
      <span />
      <span />
    </div>
  );
}

/** Reads aloud what others say while the thread is open; what was there before, and earlier pages, are not read. */
function Announcer({ items, loaded }: { readonly items: readonly ThreadItem[]; readonly loaded: boolean }) {
  const last = items.findLast((item) => item.kind === 'message' && item.side === 'other');
  const known = useRef<string | null>(null);
  if (loaded) known.current ??= last?.key ?? '';
  const text = last?.kind === 'message' && loaded && last.key !== known.current ? `${last.name}: ${last.text}` : '';
  return (
    <p className={css.onlyHeard} aria-live="polite">
      {text}
    </p>
  );
}
