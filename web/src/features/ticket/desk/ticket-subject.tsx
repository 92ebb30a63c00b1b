import { i18n } from '@lingui/core';
import { ActionIcon } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { limits } from '#contract/limits.ts';
import type { Ticket } from '#contract/ticket/http.ts';
import { subjectWrong } from '#web/desk-ui/checks.ts';
import { PencilIcon } from '#web/desk-ui/icons.tsx';
import type { TicketChange } from './use-ticket-change.ts';

/** The subject; a click makes it a field. Enter saves, Escape leaves it as it was. */
export function TicketSubject({ ticket, change }: { ticket: Ticket; change: TicketChange }) {
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const opener = useRef<HTMLButtonElement>(null);

  const stop = () => {
    setDraft(null);
    setWrong(null);
    requestAnimationFrame(() => opener.current?.focus());
  };
  const save = async () => {
    if (draft === null) return;
    const subject = draft.trim();
    if (subject === ticket.subject) return stop();
    const trouble = subjectWrong(subject) ?? null;
    if (trouble === null && (await change.run({ subject }, i18n._('The subject is saved.')))) return stop();
    return setWrong(trouble);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') stop();
    else if (event.key === 'Enter') void save();
    else return;
    event.preventDefault();
  };

  if (draft === null)
    return (
      <div className="subject">
        <h1>{ticket.subject}</h1>
        <ActionIcon ref={opener} aria-label={i18n._('Change the subject')} onClick={() => setDraft(ticket.subject)}>
          <PencilIcon size={16} />
        </ActionIcon>
      </div>
    );
  return (
    <div className="subject">
      <h1 className="only-heard">{ticket.subject}</h1>
      <div className="grow">
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
          autoFocus
          className="subject-field"
          aria-label={i18n._('Subject')}
          aria-invalid={wrong !== null}
          {...(wrong === null ? {} : { 'aria-describedby': 'subject-wrong' })}
          maxLength={limits.subjectLength}
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={press}
          onBlur={() => void save()}
        />
        {wrong === null ? null : (
          <p id="subject-wrong" className="subject-wrong" role="alert">
            {wrong}
          </p>
        )}
      </div>
    </div>
  );
}
