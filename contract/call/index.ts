export {
  CHANNEL_MESSAGE_LIMIT,
  CHANNEL_VERSION,
  type ChannelMessage,
  channelMessageSchema,
  type Facing,
  facingSchema,
  formatChannelMessage,
  type MediaState,
  mediaStateSchema,
  parseChannelMessage,
} from './channel.ts';
export { type IceServer, iceServerSchema } from './ice-server.ts';
export { callId, type Medium, mediumSchema } from './ids.ts';
export { type ParkedOffer, parkedOfferSchema, parseParkedOffer } from './parked-offer.ts';
export {
  type Attempt,
  attemptSchema,
  CANDIDATES_LIMIT,
  type Candidate,
  PARTS_LIMIT,
  parseSignal,
  SDP_LIMIT,
  type Signal,
  type SignalPart,
  signalPartSchema,
  signalSchema,
} from './signal.ts';
