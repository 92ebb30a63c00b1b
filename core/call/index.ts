export { type Condition, type ConnectionFacts, conditionOf, pairCondition } from './condition.ts';
export {
  type Begun,
  concerns,
  type Decision,
  IDLE,
  isPolite,
  type Negotiation,
  type OfferAction,
  onAnswer,
  onCandidates,
  onOffer,
  openAttempt,
  openRound,
  type Place,
  sameAttempt,
} from './negotiation.ts';
export { type Hearing, hear, LATE_MS, NO_PAGE, type Pages } from './pages.ts';
export { type ConnectionState, type Remedy, remedy, type Trouble } from './reconnect.ts';
