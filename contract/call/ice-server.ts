import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1), z.maxLength(512));

/** One STUN or TURN server as the browser wants it; the page gets the list with its bootstrap. */
export const iceServerSchema = z.object({
  urls: z.array(text).check(z.minLength(1), z.maxLength(8)),
  username: z.optional(text),
  credential: z.optional(text),
});

export type IceServer = z.infer<typeof iceServerSchema>;
