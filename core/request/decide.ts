import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { MemberId } from '#contract/ids.ts';
import type { SessionStatus } from '#contract/session/events.ts';
import type { Proposal } from './proposal.ts';

/** What the next answer to a request depends on. */
export interface RequestFacts {
  readonly status: SessionStatus;
  readonly wishedAt: Date | null;
  readonly proposal: Pick<Proposal, 'by' | 'times'> | null;
  /** The employee who has it. */
  readonly answeredBy: MemberId | null;
}

/** `agree` is to a time. */
export type RequestDeed =
  | { readonly kind: 'accept' | 'decline' | 'propose' | 'withdraw' }
  | { readonly kind: 'agree'; readonly at: Date };

/** Whoever answers: an employee, or the side that has asked. */
export type Answerer = { readonly as: 'expert'; readonly id: MemberId } | { readonly as: 'codeUser' };

const open: Readonly<Record<RequestDeed['kind'], readonly SessionStatus[]>> = {
  accept: ['requested'],
  decline: ['requested'],
  propose: ['requested', 'scheduled'],
  agree: ['requested', 'scheduled'],
  withdraw: ['requested', 'accepted', 'scheduled'],
};
/** Nobody's answer made it so. */
const endedByItself: readonly SessionStatus[] = ['cancelled', 'missed', 'expired'];

/** It is the employees' turn: asked for and not answered, or the other side has proposed times. */
const waitsForExpert = ({ status, proposal }: Pick<RequestFacts, 'status' | 'proposal'>): boolean =>
  proposal === null ? status === 'requested' : proposal.by === 'codeUser';

/**
 * Whether an answer can be given now. While it is the employees' turn any of them may answer, and who does first has it;
 * from then on it is `taken` for the others. A time is agreed to only as the other side has proposed or wished for it.
 */
export function decideAnswer(
  facts: RequestFacts,
  by: Answerer,
  deed: RequestDeed,
  now: Date,
): Outcome<'done' | 'taken'> {
  if (by.as === 'expert' && isTaken(facts, by.id)) return accepted('taken');
  if (!open[deed.kind].includes(facts.status)) return refused('not-in-this-state');
  if (deed.kind === 'agree' && !mayAgree(facts, by, deed.at, now)) return refused('malformed', 'at');
  return accepted('done');
}

const isTaken = (facts: RequestFacts, id: MemberId): boolean =>
  facts.answeredBy !== null &&
  facts.answeredBy !== id &&
  !waitsForExpert(facts) &&
  !endedByItself.includes(facts.status);

function mayAgree({ proposal, wishedAt }: RequestFacts, { as }: Answerer, at: Date, now: Date): boolean {
  if (at <= now) return false;
  const mayChoose = proposal !== null && proposal.by !== as;
  if (mayChoose && proposal.times.some((time) => Date.parse(time) === at.getTime())) return true;
  // A counter-proposal stands in the wish's place.
  return as === 'expert' && !mayChoose && wishedAt?.getTime() === at.getTime();
}
