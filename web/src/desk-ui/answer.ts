import { errors, type Refusal } from '#contract/errors.ts';

/** What a page knows of something that it asked the server for. */
export type Answer<T> =
  | { readonly state: 'loading'; readonly data: undefined; readonly refusal: null }
  | FailedAnswer
  | {
      readonly state: 'ready';
      readonly data: T;
      readonly refusal: null;
      /** It answers the question before this one, whose answer is still on its way. */
      readonly previous: boolean;
    };

export interface FailedAnswer {
  readonly state: 'failed';
  readonly data: undefined;
  readonly refusal: Refusal;
  readonly retrying: boolean;
  retry(): void;
}

/** What of TanStack Query's result matters here. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly refusal: Refusal | null;
  readonly isFetching: boolean;
  readonly isPlaceholderData: boolean;
  retry(): void;
}

/**
 * What is known stays on the screen through trouble that may pass: a page that was readable does not turn into an
 * error because the network is away. A final refusal (gone, not allowed any more) takes it away.
 */
export function answerFrom<T>({ data, refusal, isFetching, isPlaceholderData, retry }: Asked<T>): Answer<T> {
  if (data !== undefined && (refusal === null || errors[refusal.code].retry))
    return { state: 'ready', data, refusal: null, previous: isPlaceholderData };
  if (refusal !== null) return { state: 'failed', data: undefined, refusal, retrying: isFetching, retry };
  return { state: 'loading', data: undefined, refusal: null };
}
