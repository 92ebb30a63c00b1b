import { eq } from 'drizzle-orm';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import type { KnownActor } from '#core/access/actor.ts';
import { personOf } from '#core/access/person.ts';
import { type Answerer, decideAnswer, type RequestDeed } from '#core/request/decide.ts';
import type { Proposal } from '#core/request/proposal.ts';
import { refuseTimes } from '#core/request/times.ts';
import type { Change } from '../../database/transact.ts';
import { logInSession, mayFindSession, takeStep, tellSessionChanged } from '../session/index.ts';
import { expiryFrom } from './expiry.ts';
import { tellInbox } from './inbox-told.ts';
import { mayAnswer } from './policy.ts';
import { type Asked, findRequest } from './store.ts';
import { sessionRequest } from './tables.ts';

/** What became of an answer, and who has the request. */
export interface Given {
  readonly result: 'done' | 'taken';
  readonly by: string;
}

/** One side's answer, with what it says. */
export type Answer =
  | { readonly kind: 'accept' | 'withdraw' }
  | { readonly kind: 'decline'; readonly words: string }
  | { readonly kind: 'propose'; readonly times: readonly Date[]; readonly words: string }
  | { readonly kind: 'agree'; readonly at: Date };

/** Employees accept and decline, whoever asked withdraws; proposing and agreeing is for both. */
const mayGive = (actor: KnownActor, { kind }: RequestDeed): boolean => {
  if (kind === 'accept' || kind === 'decline') return mayAnswer(actor);
  return kind !== 'withdraw' || !mayAnswer(actor);
};

/** Gives an answer, on the locked session: of several at once each finds what the one before has made of it. */
export async function giveAnswer(
  change: Change,
  actor: KnownActor,
  sessionId: SessionId,
  answer: Answer,
): Promise<Outcome<Given>> {
  const asked = await findRequest(change.sql, sessionId, true);
  if (asked === null || !mayFindSession(actor, asked.row)) return refused('not-found');
  if (!mayGive(actor, answer)) return refused('not-allowed');
  const { row, request } = asked;
  const by: Answerer = actor.kind === 'member' ? { as: 'expert', id: actor.id } : { as: 'codeUser' };
  const facts = { ...request, status: row.status, answeredBy: request.answeredBy?.id ?? null };
  const decided = decideAnswer(facts, by, answer, change.now);
  if (!decided.ok) return decided;
  const has = request.answeredBy?.name ?? '';
  if (decided.value === 'taken') return accepted({ result: 'taken', by: has });
  if (by.as === 'expert') await keep(change, asked, { answeredBy: by.id, answeredAt: change.now });
  const refusal = await carryOut(change, actor, asked, answer);
  return refusal ?? accepted({ result: 'done', by: by.as === 'expert' ? actor.name : has });
}

/** Keeps, then logs: who hears of an event finds it kept. A refusal, or null. */
async function carryOut(change: Change, actor: KnownActor, asked: Asked, answer: Answer) {
  const { row } = asked;
  const author = personOf(actor);
  if (answer.kind === 'propose') {
    const times = answer.times.map((at, index) => ({ at, field: `times.${index}` }));
    return refuseTimes(times, change.now) ?? propose(change, actor, asked, answer);
  }
  if (answer.kind === 'agree') {
    const { at } = answer;
    await keep(change, asked, { sequence: asked.request.sequence + 1 });
    const stepped = await takeStep(change, row, 'schedule', { author, scheduledFor: at });
    if (!stepped.ok) return stepped;
    await logInSession(change, stepped.value, author, { kind: 'time-agreed', at: at.toISOString() });
    return null;
  }
  const step = answer.kind === 'withdraw' ? 'cancel' : answer.kind;
  const reason = answer.kind === 'decline' && answer.words !== '' ? answer.words : undefined;
  const stepped = await takeStep(change, row, step, { author, reason });
  return stepped.ok ? null : stepped;
}

async function propose(
  change: Change,
  actor: KnownActor,
  asked: Asked,
  { times, words }: Extract<Answer, { kind: 'propose' }>,
): Promise<null> {
  const proposal: Proposal = {
    by: actor.kind === 'member' ? 'expert' : 'codeUser',
    name: actor.name,
    times: times.map((time) => time.toISOString()).sort(),
    words,
    at: change.now.toISOString(),
  };
  // What is agreed already stands until the other side has chosen; nothing of it runs out.
  const expiresAt = asked.row.status === 'requested' ? await expiryFrom(change) : null;
  await keep(change, asked, { proposal, expiresAt });
  const body = { kind: 'times-proposed', times: proposal.times, words } as const;
  await logInSession(change, asked.row, personOf(actor), body);
  tellSessionChanged(change, asked.row);
  tellInbox(change);
  return null;
}

const keep = (change: Change, { row }: Asked, set: Partial<typeof sessionRequest.$inferInsert>) =>
  change.sql.update(sessionRequest).set(set).where(eq(sessionRequest.sessionId, row.id));
