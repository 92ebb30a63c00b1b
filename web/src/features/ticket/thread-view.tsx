import { i18n } from '@lingui/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { IconDown, IconMessage } from '#web/ui/icons.tsx';
import { dayWords } from '#web/ui/time-words.ts';
import { MessageLine } from './message-line.tsx';
import * as css from './messenger.module.css';
import type { Messenger, MessengerState } from './messenger-model.ts';
import { SessionCard } from './session-card.tsx';
import type { ThreadItem } from './thread.ts';
import { systemWords } from './thread-words.ts';

interface ThreadViewProps {
  readonly model: Messenger;
  readonly screen: MessengerState;
  readonly joinAs: 'member' | 'code';
}

const NEAR_END_PX = 80;
const NEAR_START_PX = 300;

/**
 * The scrolling thread. It stays where the reader is: at the end it follows new messages; further up it stays put when
 * earlier pages are added above, and offers the way down when something new was said.
 */
export function ThreadView({ model, screen, joinAs }: ThreadViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const kept = useRef({ height: 0, first: '', last: '', placed: false });
  const atEnd = useRef(true);
  const [somethingNew, setSomethingNew] = useState(false);
  const [earlier, setEarlier] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [announced, setAnnounced] = useState('');
  const { items } = screen;
  const loaded = screen.state !== 'loading';

  const seenWhenVisible = () => {
    if (atEnd.current && document.visibilityState === 'visible') model.seen();
  };
  const toEnd = () => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
    atEnd.current = true;
    setSomethingNew(false);
    seenWhenVisible();
  };

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !loaded) return;
    const first = items.find((item) => item.kind !== 'day')?.key ?? '';
    const last = items.at(-1);
    const before = kept.current;
    if (!before.placed) {
      const line = element.querySelector('[data-unread]');
      if (line === null) toEnd();
      else line.scrollIntoView({ block: 'center' });
      atEnd.current = isNearEnd(element);
    } else if (first !== before.first) {
      element.scrollTop += element.scrollHeight - before.height;
    } else if (atEnd.current) {
      toEnd();
    } else if (last?.kind === 'message' && last.key !== before.last) {
      if (last.side === 'own') toEnd();
      else setSomethingNew(true);
    }
    if (before.placed && last?.kind === 'message' && last.side === 'other' && last.key !== before.last) {
      setAnnounced(`${last.name}: ${last.text}`);
    }
    kept.current = { height: element.scrollHeight, first, last: last?.key ?? '', placed: true };
    seenWhenVisible();
  }, [items, loaded]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    // The keyboard of a phone, a turned screen: who was at the end stays there.
    const resized = new ResizeObserver(() => {
      if (atEnd.current && kept.current.placed) element.scrollTop = element.scrollHeight;
    });
    resized.observe(element);
    const end = new AbortController();
    document.addEventListener('visibilitychange', seenWhenVisible, { signal: end.signal });
    return () => {
      resized.disconnect();
      end.abort();
    };
  }, []);

  const loadEarlier = async () => {
    if (earlier === 'loading') return;
    setEarlier('loading');
    setEarlier((await model.loadEarlier()) ? 'idle' : 'failed');
  };
  const onScroll = () => {
    const element = box.current;
    if (element === null || !kept.current.placed) return;
    atEnd.current = isNearEnd(element);
    if (atEnd.current) {
      setSomethingNew(false);
      seenWhenVisible();
    }
    if (element.scrollTop < NEAR_START_PX && screen.hasEarlier && earlier === 'idle') void loadEarlier();
  };

  return (
    <div className={css.threadFrame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard */}
      <div
        ref={box}
        className={css.thread}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label={i18n._('Thread')}
      >
        {screen.hasEarlier && (
          <Button kind="quiet" busy={earlier === 'loading'} onClick={() => void loadEarlier()}>
            {earlier === 'failed' ? i18n._('Not loaded. Try again') : i18n._('Earlier messages')}
          </Button>
        )}
        {!loaded && <ThreadLoading />}
        {loaded && !items.some((item) => item.kind === 'message' || item.kind === 'session') && <ThreadEmpty />}
        <ol className={css.items}>
          {items.map((item) => (
            <li key={item.key} className={css.item} {...(item.kind === 'unread' ? { 'data-unread': '' } : {})}>
              <ItemView item={item} model={model} screen={screen} joinAs={joinAs} />
            </li>
          ))}
        </ol>
      </div>
      {somethingNew && (
        <div className={css.down}>
          <Button kind="primary" icon={<IconDown size={20} />} onClick={toEnd}>
            {i18n._('New messages')}
          </Button>
        </div>
      )}
      <p className={css.onlyHeard} aria-live="polite">
        {announced}
      </p>
    </div>
  );
}

function ItemView({ item, model, screen, joinAs }: ThreadViewProps & { readonly item: ThreadItem }) {
  switch (item.kind) {
    case 'day':
      return <p className={css.day}>{dayWords(item.at, new Date())}</p>;
    case 'unread':
      return <p className={css.unread}>{i18n._('New')}</p>;
    case 'system':
      return <p className={css.system}>{systemWords(item.event, model.isMine)}</p>;
    case 'session':
      return <SessionCard sessionId={item.sessionId} session={item.session} clock={screen.clock} joinAs={joinAs} />;
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

function isNearEnd(element: HTMLElement): boolean {
  return element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
}
