import type { Person } from '#contract/person.ts';
import type { TranscriptLine } from '#core/session/transcript.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import type { Outbox, OutboxEntry } from '#web/stream/outbox.ts';
import type { SessionModel } from './session-model.ts';

/** A line of the transcript or a message of one's own that is not in it yet. */
export type ChatLine =
  | (TranscriptLine & { readonly own: boolean })
  | { readonly kind: 'unsent'; readonly entry: OutboxEntry };

export interface ChatModel {
  readonly lines: ReadableStore<readonly ChatLine[]>;
  /** Messages of others that came while the chat was not to be seen. */
  readonly unread: ReadableStore<number>;
  /** Says it; nothing happens for a text without a character to read. */
  say(text: string): boolean;
  retry(requestId: string): void;
  discard(requestId: string): void;
  /** Whether the chat can be seen: what can be seen is read. */
  look(visible: boolean): void;
}

export interface ChatParts {
  readonly facts: SessionModel;
  readonly outbox: Outbox;
  readonly streamId: string;
  readonly messageLength: number;
  /** The last event that was read before (in this tab, before its reload). */
  readonly readUpTo: number;
  readonly rememberRead: (seq: number) => void;
}

/** The transcript as the chat shows it, with what is on its way; lives until `life` ends. */
export function createChatModel(life: AbortSignal, parts: ChatParts): ChatModel {
  const { facts, outbox, streamId, messageLength, rememberRead } = parts;
  const lines = createStore<readonly ChatLine[]>([]);
  const unread = createStore(0);
  let readUpTo = parts.readUpTo;
  let seen = false;

  const put = () => {
    const log = facts.log.get();
    const { participantId } = facts.session.get().you;
    const me = log.participants.find((one) => one.id === participantId)?.person ?? null;
    const mine = (author: Person) => me !== null && author.kind !== 'system' && author.id === me;
    const known = new Set<string>();
    for (const line of log.lines) if (line.kind === 'message' && line.requestId !== null) known.add(line.requestId);
    const waiting = outbox.get().filter((entry) => entry.streamId === streamId && !known.has(entry.requestId));
    lines.set([
      ...log.lines.map((line) => ({ ...line, own: mine(line.author) })),
      ...waiting.map((entry): ChatLine => ({ kind: 'unsent', entry })),
    ]);
    if (seen && log.lastSeq > readUpTo) {
      readUpTo = log.lastSeq;
      rememberRead(readUpTo);
    }
    unread.set(log.lines.filter((line) => line.kind === 'message' && line.seq > readUpTo && !mine(line.author)).length);
    if (known.size > 0) outbox.settle(known);
  };

  const stops = [facts.log.subscribe(put), facts.session.subscribe(put), outbox.subscribe(put)];
  life.addEventListener('abort', () => stops.forEach((stop) => void stop()), { once: true });
  put();

  return {
    lines,
    unread,
    say(text) {
      const said = text.trim();
      if (said === '' || said.length > messageLength) return false;
      outbox.say(streamId, said);
      return true;
    },
    retry: outbox.retry,
    discard: outbox.discard,
    look(visible) {
      seen = visible;
      put();
    },
  };
}
