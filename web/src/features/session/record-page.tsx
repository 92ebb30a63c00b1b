import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import { elapsed, formatDuration } from '#core/session/duration.ts';
import { useStore } from '#web/state/use-store.ts';
import { clockWords, fullTimeWords } from '#web/ui/time-words.ts';
import { CaseHead } from './case-head.tsx';
import * as chatCss from './chat.module.css';
import type { RecordProps } from './record.ts';
import * as css from './record-page.module.css';
import { type Beside, LineOfTranscript } from './transcript-line.tsx';
import { VisibilityPart } from './visibility-part.tsx';

interface RecordPageProps extends RecordProps {
  readonly beside: Beside;
  /** How it was: asked of the customer, shown to employees. */
  readonly rating: ReactNode;
  /** What the session has left: recordings, screenshots. */
  readonly children: ReactNode;
}

/** The record of a session that is over: what it was, when, how long, who; what was said, and what it has left. */
export function RecordPage({ host, back, beside, rating, children }: RecordPageProps) {
  const { facts } = host;
  const session = useStore(facts.session);
  const log = useStore(facts.log);
  const lasted = elapsed(log, Date.now(), facts.offset.get());
  const own = log.participants.find(({ id }) => id === session.you.participantId)?.person ?? null;
  const began = log.liveSince === null ? session.createdAt : new Date(log.liveSince).toISOString();
  return (
    <main className={css.page}>
      <header className={css.head}>
        <p className={css.kind}>{i18n._('The session has ended')}</p>
        <h1 id="page-title" tabIndex={-1}>
          {session.subject}
        </h1>
        <dl className={css.facts}>
          <Fact name={i18n._('When')}>
            {fullTimeWords(began)}
            {log.endedAt === null ? null : ` – ${clockWords(new Date(log.endedAt))}`}
          </Fact>
          {lasted === null ? null : <Fact name={i18n._('How long')}>{formatDuration(lasted)}</Fact>}
          <Fact name={i18n._('Who')}>{log.participants.map(({ name }) => name).join(', ')}</Fact>
          {session.you.as === 'expert' ? (
            <Fact name={i18n._('Who can see it')}>
              <VisibilityPart ask={host.ask} facts={facts} />
            </Fact>
          ) : null}
          {session.ticket === null && session.you.as !== 'expert' ? null : (
            <Fact name={i18n._('Ticket')}>
              <CaseHead ask={host.ask} session={facts.session} changed={host.reread} />
            </Fact>
          )}
        </dl>
        {back}
        <div className={css.rating}>{rating}</div>
      </header>
      <div className={css.left}>{children}</div>
      <section className={css.transcript} aria-labelledby="transcript-title">
        <h2 id="transcript-title">{i18n._('Transcript')}</h2>
        <ol className={chatCss.lines}>
          {log.lines.map((line) => (
            <LineOfTranscript
              key={line.seq}
              line={line}
              own={own !== null && line.author.kind !== 'system' && line.author.id === own}
              beside={beside}
            />
          ))}
        </ol>
      </section>
    </main>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
