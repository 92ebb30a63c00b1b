/** C4: what one is told of, on every open page. */
export { hearNotifications } from './hear.ts';
export { renewPush } from './push.ts';
