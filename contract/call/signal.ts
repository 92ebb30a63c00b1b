/**
 * What two pages tell each other, through the server, to set up their two connections.
 *
 * One signal is a parcel of parts, so that both answers and their candidates travel in one request.
 * `page` is made anew at every page load: a reload is a new page, and whatever an older page said is dropped.
 * `attempt` names one RTCPeerConnection on each side; `round` counts the offers on it (0 opens it, later ones restart ICE).
 */
import * as z from 'zod/mini';
import { callId, mediumSchema } from './ids.ts';

export const SDP_LIMIT = 64 * 1024;
export const CANDIDATES_LIMIT = 50;
export const PARTS_LIMIT = 16;

export const sdpSchema = z.string().check(z.minLength(1), z.maxLength(SDP_LIMIT));

export const attemptSchema = z.object({
  /** Grows with every attempt that either side has seen: the higher one wins. */
  n: z.int().check(z.gte(1), z.lte(1_000_000)),
  /** The page that opened it. */
  by: callId,
});

const candidateSchema = z.object({
  candidate: z.string().check(z.maxLength(1024)),
  sdpMid: z.nullish(z.string().check(z.maxLength(64))),
  sdpMLineIndex: z.nullish(z.int().check(z.gte(0), z.lte(64))),
  usernameFragment: z.nullish(z.string().check(z.maxLength(256))),
});

const place = {
  connection: mediumSchema,
  attempt: attemptSchema,
  round: z.int().check(z.gte(0), z.lte(100_000)),
};

const signalPartSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), ...place, sdp: sdpSchema }),
  z.object({ kind: z.literal('answer'), ...place, sdp: sdpSchema }),
  z.object({
    kind: z.literal('candidates'),
    ...place,
    candidates: z.array(candidateSchema).check(z.minLength(1), z.maxLength(CANDIDATES_LIMIT)),
  }),
  /** "I don't know this attempt, open a new one." */
  z.object({ kind: z.literal('restart'), ...place }),
  /** "I have closed this attempt on purpose." */
  z.object({ kind: z.literal('bye'), ...place }),
]);

export const signalSchema = z.object({
  page: callId,
  /** The page it is meant for; null as long as the sender has not heard from the other side. */
  to: z.nullable(callId),
  parts: z.array(signalPartSchema).check(z.minLength(1), z.maxLength(PARTS_LIMIT)),
});

export type Attempt = z.infer<typeof attemptSchema>;
export type Candidate = z.infer<typeof candidateSchema>;
export type SignalPart = z.infer<typeof signalPartSchema>;
export type Signal = z.infer<typeof signalSchema>;

/** A signal from outside, or null for anything that is none. Never throws. */
export function parseSignal(input: unknown): Signal | null {
  const parsed = signalSchema.safeParse(input);
  return parsed.success ? parsed.data : null;
}
