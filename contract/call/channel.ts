/** What two pages tell each other directly, over the data channels. Later features add kinds to the union. */
import * as z from 'zod/mini';
import { annotationMessages } from '../annotation/channel.ts';
import { fileMessages } from '../file/channel.ts';

export const CHANNEL_VERSION = 1;
export const CHANNEL_MESSAGE_LIMIT = 64 * 1024;

export const facingSchema = z.enum(['user', 'environment']);

/** `off`: there is one, switched off. `none`: joined without one. */
const switchSchema = z.enum(['on', 'off', 'none']);

const mediaState = {
  microphone: switchSchema,
  camera: switchSchema,
  facing: z.nullable(facingSchema),
};

const mediaStateSchema = z.object(mediaState);

const channelMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), version: z.int().check(z.gte(1), z.lte(10_000)) }),
  z.object({ kind: z.literal('media-state'), ...mediaState }),
  /** Something that you said was not heard; told at most once a second, and never about a `refused`. */
  z.object({ kind: z.literal('refused'), why: z.enum(['malformed', 'too-many']) }),
  ...annotationMessages,
  ...fileMessages,
]);

export type Facing = z.infer<typeof facingSchema>;
export type MediaState = z.infer<typeof mediaStateSchema>;
export type ChannelMessage = z.infer<typeof channelMessageSchema>;

/** A message as it came off the wire, or null: not text, too long, not JSON, or of a kind this page does not know. */
export function parseChannelMessage(data: unknown): ChannelMessage | null {
  if (typeof data !== 'string' || data.length > CHANNEL_MESSAGE_LIMIT) return null;
  try {
    const parsed = channelMessageSchema.safeParse(JSON.parse(data));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export function formatChannelMessage(message: ChannelMessage): string {
  return JSON.stringify(message);
}
