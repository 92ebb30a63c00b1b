import { CHANNEL_MESSAGE_LIMIT, type ChannelMessage, parseChannelMessage } from '#contract/call/index.ts';

type Refused = Extract<ChannelMessage, { kind: 'refused' }>;

/** A hand that draws on a fast screen sends a few hundred in a second; whoever sends more is not heard until the next one. */
const MESSAGES_PER_SECOND = 1_000;
const CHARACTERS_PER_SECOND = 32 * CHANNEL_MESSAGE_LIMIT;
const SECOND_MS = 1_000;

/**
 * Hears one peer: what is not of the contract, and what is more than a page ever says, goes no further, and the peer is told so at
 * most once a second. Gives the message, or null.
 */
export function createHearing(
  now: () => number,
  tell: (refused: Refused) => void,
): (data: unknown) => ChannelMessage | null {
  let begunMs = Number.NEGATIVE_INFINITY;
  let messages = 0;
  let characters = 0;
  let toldMs = Number.NEGATIVE_INFINITY;

  const refuse = (why: Refused['why']) => {
    if (now() - toldMs < SECOND_MS) return null;
    toldMs = now();
    tell({ kind: 'refused', why });
    return null;
  };

  return (data) => {
    if (now() - begunMs >= SECOND_MS) {
      begunMs = now();
      messages = 0;
      characters = 0;
    }
    messages += 1;
    characters += typeof data === 'string' ? data.length : 0;
    if (messages > MESSAGES_PER_SECOND || characters > CHARACTERS_PER_SECOND) return refuse('too-many');
    return parseChannelMessage(data) ?? refuse('malformed');
  };
}
