import { i18n } from '@lingui/core';
import * as css from './people-panel.module.css';
import type { PersonHere } from './session-model.ts';

/** What the list says about a person's microphone and camera; null while nothing is known. */
export interface MediaWords {
  readonly microphoneOff: boolean;
  readonly cameraOff: boolean;
}

/** B14: who is in, who was. */
export function PeoplePanel({
  people,
  mediaOf,
}: {
  people: readonly PersonHere[];
  mediaOf: (person: PersonHere) => MediaWords | null;
}) {
  const order = { here: 0, reconnecting: 1, left: 2 };
  const sorted = people.toSorted((a, b) => order[a.presence] - order[b.presence]);
  return (
    <ul className={css.people}>
      {sorted.map((person) => (
        <li key={person.id} data-presence={person.presence}>
          <span className={css.dot} aria-hidden="true" />
          <span className={css.who}>
            <b>{person.own ? i18n._('{name} (you)', { name: person.name }) : person.name}</b>
            <span className={css.quiet}>
              {[presenceWords(person), ...mediaWords(person, mediaOf(person))].join(' · ')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function presenceWords({ presence, as }: PersonHere): string {
  if (presence === 'reconnecting') return i18n._('connection interrupted');
  if (presence === 'left') return i18n._('left');
  return as === 'expert' ? i18n._('joined, expert') : i18n._('joined, customer');
}

function mediaWords(person: PersonHere, media: MediaWords | null): string[] {
  if (media === null || person.presence === 'left') return [];
  return [
    ...(media.microphoneOff ? [i18n._('microphone off')] : []),
    ...(media.cameraOff ? [i18n._('camera off')] : []),
  ];
}
