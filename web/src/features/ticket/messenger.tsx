import { i18n } from '@lingui/core';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { Composer } from './composer.tsx';
import * as css from './messenger.module.css';
import type { Messenger as MessengerModel } from './messenger-model.ts';
import type { SessionActions, SessionLeaves } from './session-card.tsx';
import { ThreadView } from './thread-view.tsx';

interface MessengerProps {
  readonly model: MessengerModel;
  /** Customers join sessions as the device of their code, also where a member is signed in in the same browser. */
  readonly joinAs: 'member' | 'code';
  /** What sessions that are over have left. */
  readonly leaves?: SessionLeaves | undefined;
  readonly actions?: SessionActions | undefined;
  /** Why nothing can be written, in words: the ticket is closed, for example. */
  readonly readOnly?: string;
}

/** A ticket's conversation with its composer. Fills the box that it is put into; used by the desk and the code's page. */
export function Messenger({ model, joinAs, leaves, actions, readOnly }: MessengerProps) {
  const screen = useStore(model);
  const typing = useStore(model.typing);
  if (screen.state === 'refused') {
    return (
      <section className={css.refused} aria-label={i18n._('Messages')}>
        <p>{refusalWords({ ok: false, code: 'not-found' })}</p>
        <Button onClick={model.refresh}>{i18n._('Try again')}</Button>
      </section>
    );
  }
  return (
    <section className={css.messenger} aria-label={i18n._('Messages')}>
      <ThreadView
        key={model.ticketId}
        model={model}
        screen={screen}
        joinAs={joinAs}
        leaves={leaves}
        actions={actions}
      />
      <p className={css.typing}>{typingWords(typing)}</p>
      {readOnly === undefined ? <Composer model={model} /> : <p className={css.readOnly}>{readOnly}</p>}
    </section>
  );
}

function typingWords(names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) return '';
  if (others.length === 0) return i18n._('{name} is typing…', { name: first });
  return i18n._('{name} and {count, plural, one {# other} other {# others}} are typing…', {
    name: first,
    count: others.length,
  });
}
