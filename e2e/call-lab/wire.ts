/** What the lab's page and server say to each other. */
import * as z from 'zod/mini';
import { iceServerSchema, parkedOfferSchema } from '#contract/call/index.ts';

export type { IceServer } from '#contract/call/index.ts';

const bodySchema = z.object({
  to: z._default(z.string(), ''),
  signal: z.optional(z.unknown()),
  answers: z.nullish(z.string()),
  offer: z.optional(parkedOfferSchema),
});

export const parsedBody = (text: string) => bodySchema.parse(JSON.parse(text));

export const bootstrapSchema = z.object({
  iceServers: z.array(iceServerSchema),
  joined: z.array(z.string()),
  wasIn: z.boolean(),
  parkedOffer: z.nullable(parkedOfferSchema),
});

export const tellSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('joined'), ids: z.array(z.string()) }),
  z.object({ kind: z.literal('signal'), from: z.string(), signal: z.unknown() }),
]);
