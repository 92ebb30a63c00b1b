export {
  CHANNEL_MESSAGE_LIMIT,
  CHANNEL_VERSION,
  type ChannelMessage,
  type Facing,
  facingSchema,
  formatChannelMessage,
  type MediaState,
  parseChannelMessage,
} from './channel.ts';
export { type IceServer, iceServerSchema } from './ice-server.ts';
export type { Medium } from './ids.ts';
export { type ParkedOffer, parkedOfferSchema } from './parked-offer.ts';
export {
  type Attempt,
  CANDIDATES_LIMIT,
  type Candidate,
  PARTS_LIMIT,
  parseSignal,
  type Signal,
  type SignalPart,
} from './signal.ts';
