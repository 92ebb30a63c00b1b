/* The door of requests for every page. The desk's own screens are in desk/. */
export { type CodeRequests, openCodeRequests } from './code-requests.ts';
export { createRequestDeeds } from './deeds.ts';
export { RequestBar, RequestCard } from './request-card.tsx';
export { WishForm } from './wish-form.tsx';
export type { WishModel } from './wish-model.ts';
export { openWishes, type Wishes } from './wishes.ts';
