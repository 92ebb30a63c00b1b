import { i18n } from '@lingui/core';
import { type ReactNode, useEffect, useState } from 'react';
import type { Session } from '#contract/session/http.ts';
import { elapsed, formatDuration } from '#core/session/duration.ts';
import { isOver } from '#core/session/lifecycle.ts';
import { useStore } from '#web/state/use-store.ts';
import type { LoadAhead } from './ahead.ts';
import { Duration } from './clock.tsx';
import * as css from './end-pages.module.css';
import { pause } from './load.ts';
import type { LoadRecord, RecordHost } from './record.ts';
import type { ScreenModel } from './screen-model.ts';
import type { SessionModel } from './session-model.ts';

/** A page with one thing to say and what to do next. */
export function PlainPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.card}>
        <h1 id="page-title" tabIndex={-1}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}

/** A session that does not exist, or that is not this person's: both look the same. */
export function NotFoundPage({ signIn = null }: { signIn?: string | null }) {
  return (
    <PlainPage title={i18n._('There is no session here for you')}>
      <p>{i18n._('The link may be old, or the session belongs to somebody else.')}</p>
      <p>{i18n._('Scan the code on the machine again, or ask the person who sent you the link.')}</p>
      {signIn === null ? null : (
        <p>
          {i18n._('Are you an expert?')} <a href={signIn}>{i18n._('Sign in')}</a>
        </p>
      )}
    </PlainPage>
  );
}

/** What was here is not for this person any more. It does not say what it was, and leads to where they came from. */
export function GonePage({ session, after }: { session: Session; after: 'left' | 'over' | null }) {
  useEffect(() => {
    document.title = session.organization;
  }, [session]);
  return (
    <PlainPage title={i18n._('This page is not available any more')}>
      {after === 'left' ? <p>{i18n._('You have left the session.')}</p> : null}
      {after === 'over' ? <p>{i18n._('The session has ended.')}</p> : null}
      <BackLink session={session} plain={false} />
    </PlainPage>
  );
}

/** Another tab of the same person has taken the session over. */
export function ElsewherePage({ screen, bringing }: { screen: ScreenModel; bringing: boolean }) {
  return (
    <PlainPage title={i18n._('The session goes on in another tab')}>
      <p>{i18n._('You have moved it there. This tab is no longer in it.')}</p>
      <button type="button" className={css.primary} disabled={bringing} onClick={() => void screen.join(true)}>
        {bringing ? i18n._('One moment…') : i18n._('Bring it back here')}
      </button>
    </PlainPage>
  );
}

interface OutPageProps {
  readonly host: RecordHost;
  readonly screen: ScreenModel;
  readonly how: 'left' | 'over';
  readonly loadRecord: LoadRecord | null;
  readonly loadAhead: LoadAhead | null;
}

/** After leaving, or after the end for all: then the record of the session, or why it did not take place. */
export function OutPage({ host, screen, how, loadRecord, loadAhead }: OutPageProps) {
  const { status } = useStore(host.facts.log);
  const took = status === 'ended' || status === 'rated';
  const record = useLoaded(took ? loadRecord : null);
  const never = status !== null && isOver(status) && !took;
  const ahead = useLoaded(never ? loadAhead : null);
  const session = useStore(host.facts.session);
  const plain = <PlainOutPage facts={host.facts} screen={screen} how={how} />;
  const back = <BackLink session={session} plain />;
  if (record !== null) return <record.SessionRecord host={host} back={back} />;
  if (ahead !== null)
    return <ahead.SessionAhead host={host} back={back} prepare={null} ownPicture={null} otherwise={plain} />;
  return plain;
}

interface AheadPageProps {
  readonly host: RecordHost;
  readonly screen: ScreenModel;
  readonly loadAhead: LoadAhead | null;
  readonly ownPicture?: ReactNode;
}

/** A session that is asked for, planned or called for. */
export function AheadPage({ host, screen, loadAhead, ownPicture = null }: AheadPageProps) {
  const session = useStore(host.facts.session);
  const ahead = useLoaded(loadAhead);
  const plain = (
    <PlainPage title={session.subject}>
      <p>{i18n._('One moment…')}</p>
      <BackLink session={session} plain />
    </PlainPage>
  );
  if (ahead === null) return plain;
  return (
    <ahead.SessionAhead
      host={host}
      back={<BackLink session={session} plain />}
      prepare={screen.prepare}
      ownPicture={ownPicture}
      otherwise={plain}
    />
  );
}

/** What a file brings, once it is here; null in the place of the loader wants nothing. */
function useLoaded<T>(load: (() => Promise<T>) | null): T | null {
  const [loaded, setLoaded] = useState<T | null>(null);
  useEffect(() => {
    if (load === null) return;
    const life = new AbortController();
    void keepLoading(life.signal, load).then((brought) => brought !== null && setLoaded(brought));
    return () => life.abort();
  }, [load]);
  return load === null ? null : loaded;
}

const AGAIN_MS = 3_000;

/** Again and again where the network lets no file through; what is there already says that the session has ended. */
async function keepLoading<T>(life: AbortSignal, load: () => Promise<T>): Promise<T | null> {
  while (!life.aborted) {
    try {
      const loaded = await load();
      return life.aborted ? null : loaded;
    } catch {
      await pause(life, AGAIN_MS);
    }
  }
  return null;
}

function PlainOutPage({ facts, screen, how }: { facts: SessionModel; screen: ScreenModel; how: 'left' | 'over' }) {
  const session = useStore(facts.session);
  const log = useStore(facts.log);
  const over = how === 'over' || (log.status !== null && isOver(log.status));
  const lasted = elapsed(log, Date.now(), facts.offset.get());
  return (
    <PlainPage title={outTitle(over, log.status)}>
      <p className={css.subject}>{session.subject}</p>
      {lasted === null || !over ? null : <p>{i18n._('It lasted {duration}.', { duration: formatDuration(lasted) })}</p>}
      {lasted === null || over ? null : (
        <p>
          {i18n._('In progress')} <Duration facts={facts} />
        </p>
      )}
      {over ? null : (
        <>
          <p>{i18n._('The session goes on. You can come back while it is open.')}</p>
          <button type="button" className={css.primary} onClick={() => void screen.join()}>
            {i18n._('Join again')}
          </button>
          {session.you.as === 'codeUser' && session.code !== null ? (
            <p>
              {i18n._('When it has ended, you can say how it was: here, or for a day on the page of {code}.', {
                code: session.code.name,
              })}
            </p>
          ) : null}
        </>
      )}
      <BackLink session={session} plain={!over} />
    </PlainPage>
  );
}

function outTitle(over: boolean, status: Session['status'] | null): string {
  if (!over) return i18n._('You have left the session');
  if (status === 'cancelled') return i18n._('The session was cancelled');
  if (status === 'declined') return i18n._('The session was declined');
  if (status === 'missed' || status === 'expired') return i18n._('The session did not take place');
  return i18n._('The session has ended');
}

/** Where this person came from: the ticket at the desk, or the page of the code. */
function BackLink({ session, plain }: { session: Session; plain: boolean }) {
  const className = plain ? css.secondary : css.primary;
  if (session.you.as === 'expert') {
    return (
      <a className={className} href={session.ticket === null ? '/' : `/tickets/${session.ticket.id}`}>
        {session.ticket === null
          ? i18n._('To the desk')
          : i18n._('Back to ticket {number}', { number: session.ticket.number })}
      </a>
    );
  }
  if (session.code === null) return null;
  return (
    <a className={className} href={session.code.linkPath}>
      {i18n._('Back to {code}', { code: session.code.name })}
    </a>
  );
}
