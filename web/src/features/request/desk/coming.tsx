import { i18n } from '@lingui/core';
import { listComing, type SessionRequest } from '#contract/request/http.ts';
import { useAnswer } from '#web/desk-ui/asking.ts';
import { meetingWords } from '#web/ui/time-words.ts';

/** What was answered and is still to come: planned sessions by their time, then times that the customer has yet to choose. */
export function Coming({ now }: { readonly now: number }) {
  const requests = useAnswer(listComing, {}).data?.requests ?? [];
  if (requests.length === 0) return null;
  return (
    <section className="inbox-coming" aria-labelledby="coming-title">
      <h2 id="coming-title">{i18n._('Coming up')}</h2>
      <ul className="list">
        {requests.map((request) => (
          <li key={request.sessionId} className="inbox-row">
            <div className="inbox-words">
              <a href={`/s/${request.sessionId}`} className="row-link inbox-subject clip">
                {request.subject}
              </a>
              <p className="inbox-who clip">{whoWords(request)}</p>
            </div>
            <span className="inbox-waited">{whenWords(request, new Date(now))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The customer with the machine, and who of the employees has it. */
function whoWords({ askedBy, code, answeredBy }: SessionRequest): string {
  return [askedBy, code?.name, answeredBy?.name].filter((part) => part !== undefined).join(' · ');
}

function whenWords({ status, scheduledFor }: SessionRequest, now: Date): string {
  if (status === 'requested') return i18n._('Not chosen yet');
  return scheduledFor === null ? i18n._('Now') : meetingWords(scheduledFor, now);
}
