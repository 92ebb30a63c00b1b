import { i18n } from '@lingui/core';
import { hasAgreed, type RecordingFacts } from '#core/recording/index.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { personName } from '../session/index.ts';
import { namesOf, type RecordingParts } from './parts.ts';
import * as css from './recording.module.css';

/** About the running recording: who records, who has agreed, and what this person can do. */
export function Panel({ parts, onClose }: { parts: RecordingParts; onClose: () => void }) {
  const { host, model } = parts;
  const { now, mayRecord, agreed, doing } = useStore(model.view);
  const people = useStore(host.facts.people).filter(({ presence }) => presence !== 'left');
  if (now === null) return null;
  const starter = personName(now.startedBy) ?? 'Sightglass';
  const asking = now.state === 'asking';
  return (
    <Dialog
      title={asking ? i18n._('{name} asks to record', { name: starter }) : i18n._('This session is being recorded')}
      onClose={onClose}
      actions={
        agreed || mayRecord ? (
          <>
            {agreed ? (
              <Button
                busy={doing === 'withdrawing'}
                onClick={() => {
                  onClose();
                  model.withdraw();
                }}
              >
                {i18n._('Take my yes back')}
              </Button>
            ) : null}
            {mayRecord ? (
              <Button
                kind="danger"
                onClick={() => {
                  onClose();
                  model.toggle();
                }}
              >
                {asking ? i18n._('Call it off') : i18n._('Stop recording')}
              </Button>
            ) : null}
          </>
        ) : undefined
      }
    >
      <div className={css.about}>
        {asking ? null : <p>{i18n._('The device of {name} records it.', { name: namesOf(host, [now.recorder]) })}</p>}
        <p>{keptWords(now.keptDays)}</p>
        <ul className={css.people}>
          {people.map(({ id, name, own }) => (
            <li key={id}>
              <span>{own ? i18n._('{name} (you)', { name }) : name}</span>
              <span data-yes={hasAgreed(now, id)}>{standingWords(now, id)}</span>
            </li>
          ))}
        </ul>
        {agreed ? <p>{i18n._('If you take your yes back, the recording stops at once.')}</p> : null}
      </div>
    </Dialog>
  );
}

function keptWords(days: number | null): string {
  return days === null
    ? i18n._('It is kept until somebody deletes it.')
    : i18n._('It is kept for {days, plural, one {# day} other {# days}}, then it is erased.', { days });
}

function standingWords(now: RecordingFacts, id: Parameters<typeof hasAgreed>[1]): string {
  if (!now.consent) return i18n._('told');
  const answer = now.answers.get(id);
  if (answer === 'yes') return i18n._('agreed');
  if (answer === undefined)
    return now.lateJoiner === 'leave-out' && now.recorded.length > 0
      ? i18n._('left out, being asked')
      : i18n._('being asked');
  return i18n._('left out');
}
