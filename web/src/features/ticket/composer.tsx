import { i18n } from '@lingui/core';
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { limits } from '#contract/limits.ts';
import { IconButton } from '#web/ui/button.tsx';
import { IconSend } from '#web/ui/icons.tsx';
import { keepDraft, readDraft } from './draft.ts';
import * as css from './messenger.module.css';
import type { Messenger } from './messenger-model.ts';

const COUNTED_FROM = limits.messageLength - 200;

/** Where messages are written. Enter sends, Shift+Enter makes a new line; what is not sent yet survives a reload. */
export function Composer({ model }: { readonly model: Messenger }) {
  const [text, setText] = useState(() => readDraft(model.ticketId));
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const left = limits.messageLength - text.trim().length;
  const sendable = text.trim() !== '' && left >= 0;

  const change = (next: string) => {
    setText(next);
    keepDraft(model.ticketId, next);
  };
  const send = () => {
    if (!sendable) return;
    model.say(text);
    change('');
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word, Enter chooses it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text that was drawn
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [text]);

  return (
    <div className={css.composer}>
      <label className={css.onlyHeard} htmlFor={id}>
        {i18n._('Message')}
      </label>
      <textarea
        ref={field}
        id={id}
        className={css.input}
        rows={1}
        value={text}
        placeholder={i18n._('Write a message')}
        enterKeyHint="send"
        dir="auto"
        onKeyDown={onKeyDown}
        onChange={(event) => {
          change(event.currentTarget.value);
          if (event.currentTarget.value.trim() !== '') model.typing.tell();
        }}
      />
      <IconButton kind="primary" label={i18n._('Send')} icon={<IconSend />} disabled={!sendable} onClick={send} />
      {text.length > COUNTED_FROM && (
        <span className={left < 0 ? css.tooLong : css.left} role="status">
          {left < 0
            ? i18n._('{count, plural, one {# character} other {# characters}} too long', { count: -left })
            : i18n._('{count, plural, one {# character} other {# characters}} left', { count: left })}
        </span>
      )}
    </div>
  );
}
