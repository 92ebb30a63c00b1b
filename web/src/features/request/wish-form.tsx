import { i18n } from '@lingui/core';
import { limits } from '#contract/limits.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { IconSend } from '#web/ui/icons.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import { Trouble } from './answer-dialogs.tsx';
import * as css from './request.module.css';
import { TimeField } from './time-fields.tsx';
import { suggestedField } from './times.ts';
import type { WishModel, WishTroubles } from './wish-model.ts';

/** A11: one page to ask for a video session: what, in which words, when, and where the answer goes. */
export function WishForm({ model }: { readonly model: WishModel }) {
  const { wish, state, troubles, refusal } = useStore(model);
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void model.send();
      }}
    >
      <TextField
        label={i18n._('What is it about?')}
        hint={i18n._('In a few words, for example “Pump is leaking”.')}
        value={wish.subject}
        onChange={(subject) => model.change({ subject })}
        maxLength={limits.subjectLength}
        error={subjectWords(troubles)}
      />
      <TextField
        label={i18n._('What would you like to show? (may stay empty)')}
        value={wish.words}
        lines={4}
        onChange={(words) => model.change({ words })}
        error={wordsWords(troubles)}
      />
      <fieldset className={css.choice}>
        <legend>{i18n._('When?')}</legend>
        <label className={css.option}>
          <input type="radio" name="when" checked={wish.when === null} onChange={() => model.change({ when: null })} />
          {i18n._('As soon as possible')}
        </label>
        <label className={css.option}>
          <input
            type="radio"
            name="when"
            checked={wish.when !== null}
            onChange={() => model.change({ when: wish.when ?? suggestedField(new Date(), undefined) })}
          />
          {i18n._('At a certain time')}
        </label>
        {wish.when === null ? null : (
          <TimeField
            label={i18n._('Day and time')}
            value={wish.when}
            onChange={(when) => model.change({ when })}
            trouble={troubles.when ?? null}
          />
        )}
      </fieldset>
      <TextField
        label={i18n._('E-mail for the answer (may stay empty)')}
        hint={i18n._('The answer comes on this page in any case.')}
        value={wish.email}
        onChange={(email) => model.change({ email })}
        maxLength={limits.emailLength}
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        error={troubles.email === undefined ? undefined : i18n._('This is not an e-mail address.')}
      />
      {refusal === null ? null : (
        <Trouble
          text={
            refusal.code === 'too-many' && refusal.retryAfterSeconds === undefined
              ? i18n._('Not sent. You already wait for several answers: take one of your requests back first.')
              : i18n._('Not sent. {reason}', { reason: refusalWords(refusal) })
          }
        />
      )}
      {state === 'waiting' ? (
        <p className={css.soft} role="status">
          {i18n._('No connection. Your request is sent by itself when it is back.')}
        </p>
      ) : null}
      <Button kind="primary" submit wide busy={state === 'sending'} icon={<IconSend />}>
        {state === 'waiting' ? i18n._('Send now') : i18n._('Send the request')}
      </Button>
    </form>
  );
}

function subjectWords({ subject }: WishTroubles): string | undefined {
  if (subject === undefined) return undefined;
  return subject === 'missing'
    ? i18n._('Please say what it is about.')
    : i18n._('There are signs in it that can’t be used.');
}

function wordsWords({ words }: WishTroubles): string | undefined {
  if (words === undefined) return undefined;
  if (words === 'signs') return i18n._('There are signs in it that can’t be used.');
  return i18n._('{count, plural, one {# character} other {# characters}} too long', { count: words.over });
}
