import { i18n } from '@lingui/core';
import { refusalWords } from '#web/http/refusal-words.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button, names } from '#web/ui/button.tsx';
import { IconRetry } from '#web/ui/icons.tsx';
import { clockWords, fullTimeWords } from '#web/ui/time-words.ts';
import * as css from './messenger.module.css';
import type { MessageItem } from './thread.ts';

interface MessageLineProps {
  readonly item: MessageItem;
  readonly onRetry: (requestId: string) => void;
  readonly onDiscard: (requestId: string) => void;
}

/** One message: own ones at the end side, others' with name and face at the start side. Its text is only ever text. */
export function MessageLine({ item, onRetry, onDiscard }: MessageLineProps) {
  const { delivery } = item;
  const own = item.side === 'own';
  return (
    <div className={names(css.message, own ? css.own : css.other)}>
      {!own && <span className={css.face}>{item.first && item.name !== null && <Avatar name={item.name} />}</span>}
      <div className={css.column}>
        {item.first && (
          <span className={own ? css.onlyHeard : css.name}>{own ? i18n._('You') : (item.name ?? 'Sightglass')}</span>
        )}
        <p className={names(css.bubble, delivery.state === 'failed' && css.bubbleFailed)} dir="auto">
          {item.text}
        </p>
        {(item.last || delivery.state !== 'said') && <span className={css.meta}>{metaOf(item)}</span>}
        {delivery.state === 'failed' && (
          <div className={css.failed} role="alert">
            <span>{i18n._('Not sent. {reason}', { reason: refusalWords(delivery.refusal) })}</span>
            <span className={css.failedActions}>
              <Button icon={<IconRetry size={18} />} onClick={() => onRetry(delivery.requestId)}>
                {i18n._('Try again')}
              </Button>
              <Button kind="quiet" onClick={() => onDiscard(delivery.requestId)}>
                {i18n._('Delete')}
              </Button>
            </span>
          </div>
        )}
      </div>
    </div>
  );
}

function metaOf({ delivery, at }: MessageItem) {
  switch (delivery.state) {
    case 'said':
      return (
        <time dateTime={at} title={fullTimeWords(at)}>
          {clockWords(at)}
        </time>
      );
    case 'sending':
      return i18n._('Sending…');
    case 'waiting':
      return i18n._('Waiting for the connection');
    case 'failed':
      return null;
  }
}
