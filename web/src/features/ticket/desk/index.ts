import './ticket.css';

export { ticketStatusWords } from '../thread-words.ts';
export { TicketOutboxProvider } from './outbox-context.tsx';
export { parseTicketFilter } from './ticket-filter.ts';
export { TicketListPage } from './ticket-list-page.tsx';
export { TicketPage } from './ticket-page.tsx';
