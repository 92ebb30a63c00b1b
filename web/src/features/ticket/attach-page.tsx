import { i18n } from '@lingui/core';
import { useEffect, useId, useRef, useState } from 'react';
import { limits } from '#contract/limits.ts';
import type { Session } from '#contract/session/http.ts';
import { linkToTicket } from '#contract/session/linking.ts';
import { listTickets, type TicketSummary } from '#contract/ticket/http.ts';
import type { Ask } from '#web/http/client.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextField } from '#web/ui/text-field.tsx';
import * as css from './attach-page.module.css';
import { ticketStatusWords } from './thread-words.ts';

export type TicketOfSession = Session['ticket'];
type NamedCode = Pick<NonNullable<TicketSummary['code']>, 'id' | 'name'>;

interface AttachDialogProps {
  readonly ask: Ask;
  /** `code`: whose customers see it now. */
  readonly session: Pick<Session, 'id' | 'subject' | 'ticket'> & { readonly code: NamedCode | null };
  readonly onClose: () => void;
  readonly onAttached: (ticket: TicketOfSession) => void;
}

/** What is chosen: one of the list, or the new one. */
type Choice = { readonly kind: 'new' } | { readonly kind: 'ticket'; readonly ticket: TicketSummary };

/** As many as one looks through; more are found by typing. */
const SHOWN = 8;
/** A word is typed before it is looked for. */
const TYPING_MS = 180;

/** A7, B11: puts a session into a ticket, an existing or a new one, or takes it out. */
export function AttachDialog({ ask, session, onClose, onAttached }: AttachDialogProps) {
  const [search, setSearch] = useState('');
  const [subject, setSubject] = useState(session.subject);
  const [choice, setChoice] = useState<Choice | null>(null);
  const found = useTickets(ask, search.trim());
  const deed = useLink(ask, session.id, onAttached);
  const group = useId();
  const others = found.tickets.filter(({ id }) => id !== session.ticket?.id).slice(0, SHOWN);
  const ready = choice?.kind === 'ticket' || (choice?.kind === 'new' && subject.trim() !== '');
  const attach = () => {
    if (!ready || deed.busy) return;
    if (choice?.kind === 'ticket') void deed.run({ ticket: choice.ticket.id });
    if (choice?.kind === 'new') void deed.run({ newTicket: subject.trim() });
  };
  return (
    <Dialog title={i18n._('Attach to ticket')} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          attach();
        }}
      >
        {session.ticket === null ? null : (
          <p className={css.now}>
            {i18n._('Now in ticket {number}: {subject}', {
              number: session.ticket.number,
              subject: session.ticket.subject,
            })}
          </p>
        )}
        <TextField
          label={i18n._('Find a ticket')}
          placeholder={i18n._('Subject, number or code')}
          value={search}
          onChange={setSearch}
          maxLength={limits.searchLength}
          autoComplete="off"
          autoFocus
        />
        <fieldset className={css.choices}>
          <legend className={css.hidden}>{i18n._('Tickets')}</legend>
          {others.map((ticket) => (
            <label key={ticket.id} className={css.choice}>
              <input
                type="radio"
                name={group}
                checked={choice?.kind === 'ticket' && choice.ticket.id === ticket.id}
                onChange={() => setChoice({ kind: 'ticket', ticket })}
              />
              <span className={css.words}>
                <strong>{i18n._('{number}: {subject}', { number: ticket.number, subject: ticket.subject })}</strong>
                <span className={css.quiet}>
                  {[ticket.code?.name ?? i18n._('No code'), ticketStatusWords(ticket.status)].join(' · ')}
                </span>
              </span>
            </label>
          ))}
          {foundWords(found, others.length)}
          <label className={css.choice}>
            <input
              type="radio"
              name={group}
              checked={choice?.kind === 'new'}
              onChange={() => setChoice({ kind: 'new' })}
            />
            <strong>{i18n._('A new ticket')}</strong>
          </label>
        </fieldset>
        {choice?.kind === 'new' ? (
          <TextField
            label={i18n._('Subject of the new ticket')}
            value={subject}
            onChange={setSubject}
            maxLength={limits.subjectLength}
          />
        ) : null}
        {choice?.kind === 'ticket' ? <WhoSeesIt now={session.code} next={choice.ticket.code} /> : null}
        {deed.trouble === null ? null : (
          <p className={css.trouble} role="alert">
            {deed.trouble}
          </p>
        )}
        <div className={css.actions}>
          {session.ticket === null ? null : (
            <Button kind="quiet" disabled={deed.busy} onClick={() => void deed.run({ none: true })}>
              {i18n._('Remove from ticket {number}', { number: session.ticket.number })}
            </Button>
          )}
          <Button kind="primary" submit busy={deed.busy} disabled={!ready}>
            {i18n._('Attach')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Another code, other customers: said before it is done. */
function WhoSeesIt({ now, next }: { now: NamedCode | null; next: NamedCode | null }) {
  if (now?.id === next?.id) return null;
  return (
    <p className={css.warning} role="status">
      {now === null
        ? null
        : i18n._(
            'Customers of {name} lose this session at once, with all that is in it; who is in it now has to leave.',
            {
              name: now.name,
            },
          )}{' '}
      {next === null ? null : i18n._('Customers of {name} will see it from now on.', { name: next.name })}
    </p>
  );
}

interface Found {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly tickets: readonly TicketSummary[];
}

function foundWords({ state }: Found, shown: number) {
  if (shown > 0 && state !== 'failed') return null;
  return (
    <p className={css.quiet} role="status">
      {state === 'loading'
        ? i18n._('Looking for tickets…')
        : state === 'failed'
          ? i18n._('The tickets could not be loaded.')
          : i18n._('No other ticket found')}
    </p>
  );
}

/** The tickets for what is typed, the latest first; the former ones stay until the next are there. */
function useTickets(ask: Ask, search: string): Found {
  const [found, setFound] = useState<Found>({ state: 'loading', tickets: [] });
  useEffect(() => {
    const life = new AbortController();
    const look = () =>
      ask(listTickets, { query: { page: 1, ...(search === '' ? {} : { search }) }, signal: life.signal }).then(
        (outcome) => {
          if (life.signal.aborted) return;
          if (outcome.ok) setFound({ state: 'ready', tickets: outcome.value.tickets });
          else setFound(({ tickets }) => ({ state: 'failed', tickets }));
        },
      );
    const timer = setTimeout(look, search === '' ? 0 : TYPING_MS);
    return () => {
      clearTimeout(timer);
      life.abort();
    };
  }, [ask, search]);
  return found;
}

type Wish = { ticket: TicketSummary['id'] } | { newTicket: string } | { none: true };

/** The same wish, tried again, is the same request. */
function useLink(ask: Ask, sessionId: Session['id'], onAttached: AttachDialogProps['onAttached']) {
  const [state, setState] = useState<{ busy: boolean; trouble: string | null }>({ busy: false, trouble: null });
  const tried = useRef<{ wish: string; requestId: string } | null>(null);
  return {
    ...state,
    async run(to: Wish) {
      const wish = JSON.stringify(to);
      if (tried.current?.wish !== wish) tried.current = { wish, requestId: newRequestId() };
      setState({ busy: true, trouble: null });
      const { requestId } = tried.current;
      const outcome = await ask(linkToTicket, { params: { sessionId }, body: { requestId, to } });
      setState({ busy: false, trouble: outcome.ok ? null : refusalWords(outcome) });
      if (outcome.ok) onAttached(outcome.value.ticket);
    },
  };
}
