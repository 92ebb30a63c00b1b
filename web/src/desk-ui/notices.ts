import { createToasts } from '#web/ui/toast-model.ts';

/** The desk's short words; they live as long as the page. */
export const notices = createToasts(new AbortController().signal);

/** Says that something is done. */
export const say = (text: string): void => notices.say(text);

/** Says calmly that something did not work. */
export const sayTrouble = (text: string): void => notices.say(text, 'trouble');
