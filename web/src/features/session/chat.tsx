import { i18n } from '@lingui/core';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { limits } from '#contract/limits.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import * as css from './chat.module.css';
import type { ChatLine, ChatModel } from './chat-model.ts';
import { type Beside, LineOfTranscript } from './transcript-line.tsx';

/** Lines that are shown at first: a long session must not make the page slow. */
const PAGE = 200;

interface ChatProps {
  readonly chat: ChatModel;
  /** Adds a picture to lines that have one. */
  readonly beside?: Beside;
  /** What will be in the transcript soon. */
  readonly underWay?: (() => ReactNode) | undefined;
}

/** B12: the transcript, with a place to write. */
export function Chat({ chat, beside, underWay }: ChatProps) {
  const lines = useStore(chat.lines);
  const [shown, setShown] = useState(PAGE);
  const hidden = Math.max(0, lines.length - shown);
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);

  useEffect(() => {
    const look = () => chat.look(document.visibilityState === 'visible');
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      chat.look(false);
    };
  }, [chat]);

  // New lines are followed, but whoever has scrolled back to read stays where they are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when lines were added
  useLayoutEffect(() => {
    if (atEnd.current && list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [lines.length]);

  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = list.current ?? {
      scrollTop: 0,
      scrollHeight: 0,
      clientHeight: 0,
    };
    atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };

  return (
    <div className={css.chat}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className={css.scroll} ref={list} onScroll={scrolled} tabIndex={0} role="log" aria-label={i18n._('Chat')}>
        {hidden > 0 ? (
          <Button kind="quiet" wide onClick={() => setShown(shown + PAGE)}>
            {i18n._('Show earlier')}
          </Button>
        ) : null}
        <ol className={css.lines}>
          {lines.slice(hidden).map((line) => (
            <Line
              key={line.kind === 'unsent' ? line.entry.requestId : line.seq}
              line={line}
              chat={chat}
              beside={beside}
            />
          ))}
        </ol>
        {underWay?.()}
      </div>
      <Composer
        say={(text) => {
          atEnd.current = true;
          return chat.say(text);
        }}
      />
    </div>
  );
}

function Line({ line, chat, beside }: { line: ChatLine; chat: ChatModel; beside: Beside }) {
  if (line.kind === 'unsent') return <Unsent entry={line.entry} chat={chat} />;
  return <LineOfTranscript line={line} own={line.own} beside={beside} />;
}

function Unsent({ entry, chat }: { entry: Extract<ChatLine, { kind: 'unsent' }>['entry']; chat: ChatModel }) {
  return (
    <li className={css.own} data-state={entry.state}>
      <p className={css.by}>
        {i18n._('You')} {entry.state === 'failed' ? null : <span>· {sendingWords(entry)}</span>}
      </p>
      <p className={css.text}>{entry.text}</p>
      {entry.state === 'failed' ? (
        <p className={css.failed} role="alert">
          {i18n._('Not sent.')} {refusalWords(entry.refusal)}{' '}
          <button type="button" onClick={() => chat.retry(entry.requestId)}>
            {i18n._('Send again')}
          </button>{' '}
          <button type="button" onClick={() => chat.discard(entry.requestId)}>
            {i18n._('Discard')}
          </button>
        </p>
      ) : null}
    </li>
  );
}

function sendingWords(entry: Extract<ChatLine, { kind: 'unsent' }>['entry']): string {
  const stuck = entry.state === 'sending' && entry.tries > 0;
  return stuck ? i18n._('waiting for the server') : i18n._('sending');
}

function Composer({ say }: { say: (text: string) => boolean }) {
  const [text, setText] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (say(text)) setText('');
  };
  const sendByEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    form.current?.requestSubmit();
  };
  return (
    <form className={css.composer} ref={form} onSubmit={submit}>
      <textarea
        rows={1}
        enterKeyHint="send"
        value={text}
        maxLength={limits.messageLength}
        aria-label={i18n._('Message')}
        placeholder={i18n._('Write a message')}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={sendByEnter}
      />
      <button type="submit" disabled={text.trim() === ''}>
        {i18n._('Send')}
      </button>
    </form>
  );
}
