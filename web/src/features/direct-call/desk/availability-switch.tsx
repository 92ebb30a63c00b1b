import { i18n } from '@lingui/core';
import { readPolicies } from '#contract/access/policies.ts';
import { type Availability, chooseAvailability, listAvailability } from '#contract/direct-call/http.ts';
import { useAnswer, useRefresh } from '#web/desk-ui/asking.ts';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { sayTrouble } from '#web/desk-ui/notices.ts';
import { useDeed } from '#web/desk-ui/use-deed.ts';
import { useMe } from '#web/features/access/desk/index.ts';
import { refusalWords } from '#web/http/refusal-words.ts';

/** Whether calls ring for me: what I am now, and the switch by hand. Nothing where the organization has no direct calls. */
export function AvailabilitySwitch() {
  const policies = useAnswer(readPolicies, {});
  return policies.data?.directCall.enabled === true ? <Switch /> : null;
}

function Switch() {
  const { member } = useMe();
  const ask = useAsk();
  const refresh = useRefresh();
  const answer = useAnswer(listAvailability, {});
  const choose = useDeed((chosen: 'available' | 'away', requestId) =>
    ask(chooseAvailability, { body: { requestId, chosen } }),
  );
  if (answer.data === undefined) return null;
  const { chosen, members } = answer.data;
  const now = members.find(({ id }) => id === member.id)?.availability ?? 'away';
  const change = async (on: boolean) => {
    const outcome = await choose.run(on ? 'available' : 'away');
    if (outcome?.ok === false) sayTrouble(refusalWords(outcome));
    refresh(listAvailability);
  };
  return (
    <label className="availability" data-now={now}>
      <span className="availability-dot" />
      <span className="grow">
        <span className="availability-now">{availabilityWords(now)}</span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className="switch"
        aria-label={i18n._('Calls ring for me')}
        title={i18n._('Calls ring for me')}
        aria-checked={chosen === 'available'}
        checked={chosen === 'available'}
        aria-busy={choose.busy}
        onChange={(event) => void change(event.currentTarget.checked)}
      />
    </label>
  );
}

function availabilityWords(availability: Availability): string {
  if (availability === 'available') return i18n._('Available');
  return availability === 'busy' ? i18n._('Busy: in a session') : i18n._('Away');
}
