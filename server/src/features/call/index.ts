export { type IceConfig, iceServersFor, type TurnConfig, turnCredential } from './ice-servers.ts';
export { createParkedOffers, type ParkedOffers, type Taker } from './parked-offers.ts';
