export { type Condition, conditionOf, pairCondition } from './condition.ts';
export {
  concerns,
  IDLE,
  isPolite,
  type Negotiation,
  onAnswer,
  onCandidates,
  onOffer,
  openAttempt,
  openRound,
  sameAttempt,
} from './negotiation.ts';
export { hear, NO_PAGE, type Pages } from './pages.ts';
export {
  addSamples,
  type ConnectionCounts,
  type Measured,
  noCounts,
  nothingMeasured,
  qualityOf,
  type Sample,
} from './quality.ts';
export { type ConnectionState, remedy } from './reconnect.ts';
