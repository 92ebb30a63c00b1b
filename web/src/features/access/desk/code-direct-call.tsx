import { i18n } from '@lingui/core';
import { Link } from '@tanstack/react-router';
import { type Code, updateCode } from '#contract/access/http.ts';
import { readPolicies } from '#contract/access/policies.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { Section } from '#web/desk-ui/page.tsx';
import { SwitchRow } from '#web/desk-ui/switch-row.tsx';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { useCodeChanged } from './code-dialogs.tsx';

/** A12: whether this code's users may call directly. */
export function CodeDirectCall({ code, manages }: { code: Code; manages: boolean }) {
  const ask = useAsk();
  const changed = useCodeChanged();
  const policies = useAnswer(readPolicies, {});
  const change = useDeed((directCall: boolean, requestId) =>
    ask(updateCode, { params: { codeId: code.id }, body: { requestId, directCall } }),
  );
  if (policies.data === undefined) return null;
  const isOffForAll = !policies.data.directCall.enabled;
  return (
    <Section title={i18n._('Direct call')}>
      <SwitchRow
        title={i18n._('Customers with this code may call directly')}
        about={i18n._('It rings at every employee who is available.')}
        on={code.directCall}
        busy={change.busy}
        disabled={!manages}
        onChange={(on) => {
          void change.run(on).then((outcome) => {
            if (outcome?.ok === true) changed(outcome.value);
          });
        }}
      />
      {change.trouble === null ? null : (
        <p className="trouble" role="alert">
          {change.trouble}
        </p>
      )}
      {isOffForAll && code.directCall ? (
        <p className="muted small direct-call-off">
          {i18n._('Direct calls are switched off for the whole organization, so nobody can call yet.')}{' '}
          {manages ? (
            <Link to="/settings" className="link">
              {i18n._('Go to settings')}
            </Link>
          ) : null}
        </p>
      ) : null}
    </Section>
  );
}
