/* The door of tickets for every page. The desk's own screens are in desk/. */
export { Messenger } from './messenger.tsx';
export { type Messenger as MessengerModel, openMessenger } from './messenger-model.ts';
export { SessionCard } from './session-card.tsx';
export { ticketStatusWords } from './thread-words.ts';
export { openTicketOutbox } from './ticket-outbox.ts';
