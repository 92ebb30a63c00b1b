import { i18n } from '@lingui/core';
import { Link } from '@tanstack/react-router';
import type { InboxItem } from '#contract/request/http.ts';
import { MessageIcon, PhoneIcon, VideoIcon } from '#web/desk-ui/icons.tsx';
import { timesWords, waitedWords, wishWords } from '../request-words.ts';
import { asker, inboxIdOf, subjectOf } from './inbox-list.ts';

interface InboxRowProps {
  readonly item: InboxItem;
  readonly chosen: boolean;
  readonly now: number;
}

/** One thing that waits; the row opens it. */
export function InboxRow({ item, chosen, now }: InboxRowProps) {
  const waitedMs = now - Date.parse(item.waitingSince);
  const waited = waitedWords(waitedMs);
  return (
    <li className="inbox-row" data-chosen={chosen} data-kind={item.kind}>
      <span className="inbox-kind">
        <KindIcon kind={item.kind} />
      </span>
      <div className="inbox-words">
        <Link
          to="/inbox"
          search={(before: { page?: number }) => ({ ...before, item: inboxIdOf(item) })}
          className="row-link inbox-subject clip"
          aria-current={chosen}
        >
          {subjectOf(item)}
        </Link>
        <p className="inbox-who clip">
          {item.code === null
            ? asker(item)
            : i18n._('{name} · {machine}', { name: asker(item), machine: item.code.name })}
        </p>
        <p className="inbox-what clip">{whatWords(item, new Date(now))}</p>
      </div>
      <span className="inbox-waited" title={i18n._('Waiting for {time}', { time: waited })}>
        <span className="only-heard">{i18n._('Waiting for {time}', { time: waited })}</span>
        <span aria-hidden="true">{waitedMs < 60_000 ? i18n._('just now') : waited}</span>
      </span>
    </li>
  );
}

function KindIcon({ kind }: Pick<InboxItem, 'kind'>) {
  if (kind === 'message') return <MessageIcon />;
  return kind === 'call' ? <PhoneIcon /> : <VideoIcon />;
}

/** What is wanted, in a line. */
function whatWords(item: InboxItem, now: Date): string {
  if (item.kind === 'message') return item.text;
  if (item.kind === 'call') return i18n._('Is calling now');
  const { proposal, wishedAt } = item.request;
  if (proposal?.by === 'codeUser') return i18n._('Proposes {times}', { times: timesWords(proposal.times, now) });
  return i18n._('Video session: {wish}', { wish: wishWords(wishedAt, now) });
}
