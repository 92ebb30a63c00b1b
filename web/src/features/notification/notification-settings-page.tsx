import { i18n } from '@lingui/core';
import { useEffect, useId, useState } from 'react';
import type { NotificationKind, NotificationWay } from '#contract/notification/http.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import * as css from './notification-settings.module.css';
import { openPreferences, type PreferencesModel } from './preferences.ts';
import { openPush, type Push, type PushParts } from './push.ts';
import { kindsOf, kindWords, pushWords, wayWords } from './words.ts';

interface NotificationSettingsProps extends PushParts {
  readonly side: 'staff' | 'customer';
}

const ways: readonly NotificationWay[] = ['page', 'push', 'mail'];

/** C4: what one is told of, by which ways, and whether this browser takes push messages. For both builds. */
export function NotificationSettings({ side, ask, owner, scope, storage }: NotificationSettingsProps) {
  const [models, setModels] = useState<{ readonly push: Push; readonly preferences: PreferencesModel } | null>(null);
  useEffect(() => {
    const end = new AbortController();
    const { signal } = end;
    setModels({ push: openPush(signal, { ask, owner, scope, storage }), preferences: openPreferences(signal, ask) });
    return () => end.abort();
  }, [ask, owner, scope, storage]);
  if (models === null) return null;
  return (
    <div className={css.settings}>
      <PushSwitch push={models.push} />
      <Table side={side} preferences={models.preferences} />
      {side === 'customer' ? (
        <p className={css.about}>{i18n._('Mails go to the address that you leave with a request.')}</p>
      ) : null}
    </div>
  );
}

function PushSwitch({ push }: { readonly push: Push }) {
  const state = useStore(push);
  const id = useId();
  const can = state.at === 'on' || state.at === 'off';
  return (
    <label className={css.row}>
      <span className={css.words}>
        <strong>{i18n._('Push messages in this browser')}</strong>
        <span id={id} className={css.about} role="status">
          {pushWords(state)}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className={css.switch}
        aria-label={i18n._('Push messages in this browser')}
        aria-describedby={id}
        aria-checked={state.at === 'on'}
        checked={state.at === 'on'}
        aria-busy={state.busy}
        disabled={!can}
        onChange={() => {
          if (!state.busy) void (state.at === 'on' ? push.turnOff() : push.turnOn());
        }}
      />
    </label>
  );
}

interface TableProps {
  readonly side: 'staff' | 'customer';
  readonly preferences: PreferencesModel;
}

function Table({ side, preferences }: TableProps) {
  const { chosen, refusal } = useStore(preferences);
  if (chosen === null && refusal === null)
    return <div className={css.loading} role="status" aria-label={i18n._('Loading')} />;
  return (
    <>
      {refusal === null ? null : (
        <p className={css.trouble} role="alert">
          {refusalWords(refusal)}
        </p>
      )}
      {chosen === null ? (
        <Button onClick={preferences.retry}>{i18n._('Try again')}</Button>
      ) : (
        <table className={css.table}>
          <thead>
            <tr>
              <td />
              {ways.map((way) => (
                <th key={way} scope="col">
                  {wayWords(way)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {kindsOf[side].map((kind) => (
              <tr key={kind}>
                <th scope="row">{kindWords(kind)}</th>
                {ways.map((way) => (
                  <td key={way}>
                    <Choice kind={kind} way={way} on={chosen[kind][way]} preferences={preferences} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly kind: NotificationKind;
  readonly way: NotificationWay;
  readonly on: boolean;
  readonly preferences: PreferencesModel;
}

function Choice({ kind, way, on, preferences }: ChoiceProps) {
  const label = i18n._('{kind}: {way}', { kind: kindWords(kind), way: wayWords(way) });
  return (
    <label className={css.choice}>
      <input
        type="checkbox"
        aria-label={label}
        checked={on}
        onChange={(event) => preferences.choose(kind, way, event.currentTarget.checked)}
      />
    </label>
  );
}
