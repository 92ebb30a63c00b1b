import { i18n } from '@lingui/core';
import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { FailedAnswer } from './answer.ts';

/** Grey rows while a list is on its way. */
export function LoadingRows({ rows = 6, height = 56 }: { rows?: number; height?: number }) {
  return (
    <div className="loading-rows" role="status" aria-label={i18n._('Loading')}>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="loading-row" style={{ height }}>
          <Skeleton circle height={24} />
          <Skeleton height={11} width={`${30 + ((row * 17) % 35)}%`} />
          <span className="grow" />
          <Skeleton height={11} width={64} />
        </div>
      ))}
    </div>
  );
}

/** Nothing here: what that means and what to do. */
export function EmptyState({
  icon,
  title,
  level = 2,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  /** 1 where nothing else names the page. */
  level?: 1 | 2;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="empty-state">
      <span className="empty-icon">{icon}</span>
      {level === 1 ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  );
}

/** Something could not be read: why, and once more. */
export function FailedState({ answer: { refusal, retry, retrying } }: { answer: FailedAnswer }) {
  return (
    <div className="empty-state" role="alert">
      <h2>{i18n._('This could not be loaded')}</h2>
      <p>{refusalWords(refusal)}</p>
      <Button variant="default" onClick={retry} loading={retrying}>
        {i18n._('Try again')}
      </Button>
    </div>
  );
}
