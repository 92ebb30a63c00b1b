import * as z from 'zod/mini';

/** An identifier made by a page or by the server: letters, digits, dash and underscore. */
export const callId = z.string().check(z.regex(/^[\w-]{1,64}$/));

/** Which of the two peer connections of a pair is meant: audio and data channels, or video. */
export const mediumSchema = z.enum(['audio', 'video']);

export type Medium = z.infer<typeof mediumSchema>;
