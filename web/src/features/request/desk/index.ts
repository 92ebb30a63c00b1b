import './inbox.css';

export { InboxCount } from './inbox-count.tsx';
export { InboxPage } from './inbox-page.tsx';
export { parseInboxPlace } from './inbox-place.ts';
