import * as z from 'zod/mini';

/** The languages of the interface and of mails. Another one is an entry here, a catalogue in web/src/catalogues and one in server/src/mail. */
export const Language = z.enum(['en', 'de']);
export type Language = z.infer<typeof Language>;

/** Every request of a page says in this header which language the person reads; without it Accept-Language does. */
export const LANGUAGE_HEADER = 'sightglass-language';
