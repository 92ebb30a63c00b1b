import { i18n } from '@lingui/core';
import type { ReactNode } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { sessionStatusWords } from '#web/ui/session-status-words.ts';
import { Duration } from './clock.tsx';
import type { SessionModel } from './session-model.ts';
import * as css from './status-bar.module.css';

/** A8, B2: the status in words and how long it has been in progress; the same on every screen. `children`: what else all must know. */
export function StatusBar({ facts, children }: { facts: SessionModel; children?: ReactNode }) {
  const { subject } = useStore(facts.session);
  const { status } = useStore(facts.log);
  return (
    <header className={css.status}>
      <span className={css.state} data-status={status}>
        {/* Only the words are read out when they change; the clock would never be silent. */}
        <span role="status" aria-label={i18n._('Status')}>
          {status === null ? '' : sessionStatusWords(status)}
        </span>
        <Duration facts={facts} />
      </span>
      {children}
      <h1 className={css.subject} id="page-title" tabIndex={-1}>
        {subject}
      </h1>
    </header>
  );
}
