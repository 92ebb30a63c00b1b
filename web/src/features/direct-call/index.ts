/* The door of direct calls for the customer's page. The desk's own parts are in desk/. */
export { CallNow } from './call-now.tsx';
export { type ContactModel, openContact } from './contact.ts';
