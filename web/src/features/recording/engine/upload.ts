import { ErrorReply } from '#contract/error-reply.ts';
import type { ErrorCode } from '#contract/errors.ts';
import { uploadsPath } from '#contract/file/upload.ts';
import { recordingLimits } from '#contract/recording/limits.ts';
import type { RecordingUpload } from '#contract/recording/upload.ts';

/** Why nothing more goes up: the server does not want it, or could not be reached for longer than memory lasts. */
export type UploadTrouble = ErrorCode | 'away-too-long';

/** A file that goes to the server while it grows. */
export interface Upload {
  write(bytes: Uint8Array<ArrayBuffer>): void;
  /** While the recording is paused the server takes nothing: what there is waits. */
  hold(on: boolean): void;
  /** Resolves when the server has all of it and knows its length; false when it never will. */
  finish(): Promise<boolean>;
}

export interface UploadParts {
  readonly what: RecordingUpload;
  readonly speaker: { readonly as?: 'code' };
  readonly send: typeof fetch;
  /** Waits so long; ends early with `life`. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
  /** Bytes that the server has not confirmed yet. */
  readonly onLeft: (bytes: number) => void;
  /** Nothing is sent any more. */
  readonly onTrouble: (trouble: UploadTrouble) => void;
}

/** Some three minutes of a recording. */
export const MOST_WAITING = 64_000_000;
/**
 * The server knows of a pause, or that it goes on, a moment before this page does: so often in a row, some ten seconds, is a no in
 * this state not the last word.
 */
const MOST_REFUSED = 8;
const AGAIN_MS = [250, 500, 1_000, 2_000] as const;
const DEADLINE_MS = 20_000;
/** Another request to this upload is not over yet. */
const LOCKED = 423;
/** The server has another length than this page thinks. */
const CONFLICT = 409;

type Answer =
  | { readonly at: 'done'; readonly response: Response }
  | { readonly at: 'later' }
  | { readonly at: 'never' };

/**
 * Sends a part of a recording by tus with a length that is said at the end: what has been written goes up in one request, and what
 * is written meanwhile in the next. Without a network bytes wait in memory, and sending goes on from where the server is.
 */
export function openUpload(life: AbortSignal, parts: UploadParts): Upload {
  const { what, speaker, send, pause, onLeft, onTrouble } = parts;
  let waiting: Uint8Array<ArrayBuffer>[] = [];
  let left = 0;
  /** How much the server has. */
  let offset = 0;
  let address: string | null = null;
  let ends = false;
  /** The server knows how long it will be. */
  let hasLength = false;
  let holds = false;
  let refusedInARow = 0;
  let over = false;
  let wake = () => {};
  const { promise: finished, resolve: finish } = Promise.withResolvers<boolean>();

  const stop = (trouble: UploadTrouble | null) => {
    if (over) return;
    over = true;
    waiting = [];
    left = 0;
    finish(trouble === null);
    wake();
    if (trouble !== null && !life.aborted) onTrouble(trouble);
  };
  life.addEventListener('abort', () => stop('failed'), { once: true });

  const ask = async (to: string, method: string, more: Record<string, string>, body?: Blob): Promise<Answer> => {
    const headers = new Headers({ 'tus-resumable': '1.0.0', ...more });
    if (speaker.as !== undefined) headers.set('sightglass-as', speaker.as);
    try {
      const signal = AbortSignal.any([life, AbortSignal.timeout(DEADLINE_MS)]);
      const response = await send(to, { method, headers, signal, ...(body === undefined ? {} : { body }) });
      if (response.ok) {
        refusedInARow = 0;
        return { at: 'done', response };
      }
      if (response.status >= 500 || response.status === LOCKED || response.status === 429) return { at: 'later' };
      // Or an earlier request went on after it was given up here: where the server is now is asked for.
      if (response.status === CONFLICT && method !== 'POST' && ++refusedInARow <= MOST_REFUSED) return { at: 'later' };
      stop(await codeOf(response));
      return { at: 'never' };
    } catch {
      return { at: 'later' };
    }
  };

  const create = async (): Promise<boolean> => {
    const metadata = Object.entries(what).map(([key, value]) => `${key} ${btoa(value)}`);
    const answer = await ask(uploadsPath, 'POST', {
      'upload-defer-length': '1',
      'upload-metadata': metadata.join(','),
    });
    if (answer.at === 'done') address = answer.response.headers.get('location');
    return answer.at === 'done';
  };

  /** Takes away what the server has by now. */
  const confirm = (has: number) => {
    let sent = has - offset;
    // It has less than it had confirmed, or more than was made: this upload can't be gone on with.
    if (!Number.isSafeInteger(has) || sent < 0 || sent > left) return stop('failed');
    offset = has;
    left -= sent;
    while (sent > 0) {
      const first = waiting[0];
      if (first === undefined) break;
      if (first.length > sent) waiting[0] = first.subarray(sent);
      else waiting.shift();
      sent -= first.length;
    }
    onLeft(left);
  };

  const where = async (to: string): Promise<boolean> => {
    const answer = await ask(to, 'HEAD', {});
    if (answer.at !== 'done') return false;
    hasLength = answer.response.headers.has('upload-length');
    confirm(Number(answer.response.headers.get('upload-offset') ?? Number.NaN));
    return true;
  };

  const pass = async (to: string): Promise<boolean> => {
    const some: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for (const one of waiting) {
      if (some.length > 0 && bytes + one.length > recordingLimits.patchBytes) break;
      some.push(one);
      bytes += one.length;
    }
    const isLast = ends && bytes === left;
    const answer = await ask(
      to,
      'PATCH',
      {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': `${offset}`,
        ...(isLast && !hasLength ? { 'upload-length': `${offset + bytes}` } : {}),
      },
      new Blob(some),
    );
    if (answer.at !== 'done') return false;
    confirm(Number(answer.response.headers.get('upload-offset') ?? offset + bytes));
    hasLength ||= isLast;
    return true;
  };

  /** There is nothing to do: until something is written, or it ends. */
  const rest = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    await promise;
  };

  /** Whether the server is where this page thinks; after a lost request nobody knows. */
  let isSure = true;
  const step = async (): Promise<boolean> => {
    if (address === null) return create();
    if (!ends && (holds || (isSure && left === 0))) {
      await rest();
      return true;
    }
    isSure = isSure ? await pass(address) : await where(address);
    return isSure;
  };

  const run = async () => {
    for (let tries = 0; !over; ) {
      if (hasLength && left === 0) return stop(null);
      tries = (await step()) ? 0 : tries + 1;
      if (tries > 0 && !over) await pause(life, AGAIN_MS[Math.min(tries, AGAIN_MS.length) - 1] ?? 2_000);
    }
  };
  void run();

  return {
    write(bytes) {
      if (over) return;
      if (left + bytes.length > MOST_WAITING) return stop('away-too-long');
      waiting.push(bytes);
      left += bytes.length;
      onLeft(left);
      wake();
    },
    hold(on) {
      holds = on;
      wake();
    },
    finish() {
      ends = true;
      wake();
      return finished;
    },
  };
}

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  409: 'not-in-this-state',
  413: 'too-large',
};

async function codeOf(response: Response): Promise<ErrorCode> {
  const text = await response.text().catch(() => '');
  try {
    return ErrorReply.parse(JSON.parse(text)).error.code;
  } catch {
    // An answer without a body: the status is all there is.
    return codes[response.status] ?? 'failed';
  }
}
