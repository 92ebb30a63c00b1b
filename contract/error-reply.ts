import * as z from 'zod/mini';
import { type ErrorCode, errors } from './errors.ts';

const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errors, text);
const codes = Object.keys(errors).filter(isErrorCode);

/** What every refused HTTP request and socket event is answered with. */
export const ErrorReply = z.object({
  error: z.object({
    code: z.enum(codes as [ErrorCode, ...ErrorCode[]]),
    field: z.optional(z.string()),
    retryAfterSeconds: z.optional(z.number()),
    /** Found in the server's log; only with `failed`. */
    reference: z.optional(z.string()),
  }),
});
export type ErrorReply = z.infer<typeof ErrorReply>;
