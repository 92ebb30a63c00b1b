import { picturePath } from '#contract/annotation/http.ts';
import { PictureId } from '#contract/annotation/ids.ts';
import { ErrorReply } from '#contract/error-reply.ts';
import { accepted, errors, type Outcome, type Refusal, refused } from '#contract/errors.ts';
import type { SessionId } from '#contract/ids.ts';
import { newRequestId } from '#web/http/request-id.ts';

/** Puts pictures into the session and gets them from it: files, so past the routes of the JSON kind. */
export interface PictureFiles {
  put(life: AbortSignal, id: PictureId, file: Blob): Promise<Outcome<null>>;
  get(life: AbortSignal, id: PictureId): Promise<Outcome<Blob>>;
}

const DEADLINE_MS = 30_000;

/** Speaks with the server about this session's pictures. */
export function createPictureFiles(
  sessionId: SessionId,
  { as }: { readonly as?: 'code' },
  send: typeof fetch = fetch,
): PictureFiles {
  const ask = async (life: AbortSignal, id: PictureId, options: RequestInit): Promise<Outcome<Response>> => {
    const address = picturePath.replace(':sessionId', sessionId).replace(':pictureId', id);
    const headers = new Headers(as === undefined ? {} : { 'sightglass-as': as });
    try {
      const signal = AbortSignal.any([life, AbortSignal.timeout(DEADLINE_MS)]);
      const response = await send(address, { ...options, headers, credentials: 'same-origin', signal });
      return response.ok ? accepted(response) : await refusalOf(response);
    } catch {
      return refused('unavailable');
    }
  };
  return {
    async put(life, id, file) {
      // The browser names the file's type by itself.
      const outcome = await ask(life, id, { method: 'PUT', body: file });
      return outcome.ok ? accepted(null) : outcome;
    },
    async get(life, id) {
      const outcome = await ask(life, id, {});
      if (!outcome.ok) return outcome;
      try {
        return accepted(await outcome.value.blob());
      } catch {
        return refused('unavailable');
      }
    },
  };
}

async function refusalOf(response: Response): Promise<Refusal> {
  try {
    const { error } = ErrorReply.parse(await response.json());
    return refused(error.code);
  } catch {
    return refused(response.status >= 500 ? 'unavailable' : 'failed');
  }
}

/** The pictures of the session, as this page comes to know them; a few are kept in memory. */
export interface Pictures {
  /** A new name for a picture that this page makes. */
  newId(): PictureId;
  /** Takes a picture that this page has made, and gives it to the server, until the server has it. */
  add(id: PictureId, file: Promise<Blob>): void;
  /** Resolves once the server has a picture that this page added; a refusal when it never will. */
  kept(id: PictureId): Promise<Outcome<null>>;
  /** The file, asked for if need be; null when there is none. */
  file(id: PictureId): Promise<Blob | null>;
}

interface PicturesParts {
  readonly files: PictureFiles;
  /** Waits, at the longest until the network is back. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
}

const AGAIN_MS = [150, 300, 600, 1_200, 2_500, 5_000];
/** A stroke comes straight from page to page and its picture by way of the server: at first it may not be there. */
const MISSING_TRIES = 8;
const MOST_FILES = 40;

/** Makes the store; it ends with `life`. */
export function createPictures(life: AbortSignal, { files, pause }: PicturesParts): Pictures {
  const own = new Map<PictureId, Promise<Outcome<null>>>();
  const known = new Map<PictureId, Promise<Blob | null>>();

  const keep = (id: PictureId, file: Promise<Blob | null>) => {
    known.delete(id);
    known.set(id, file);
    for (const old of [...known.keys()].slice(0, -MOST_FILES)) known.delete(old);
  };

  const upload = async (id: PictureId, made: Promise<Blob>): Promise<Outcome<null>> => {
    const file = await made.catch(() => null);
    if (file === null) return refused('failed');
    return insist(() => files.put(life, id, file), 30);
  };

  const download = async (id: PictureId): Promise<Blob | null> => {
    const outcome = await insist(() => files.get(life, id), MISSING_TRIES, 'not-found');
    if (!outcome.ok) known.delete(id);
    return outcome.ok ? outcome.value : null;
  };

  const insist = async <T>(send: () => Promise<Outcome<T>>, tries: number, also?: string): Promise<Outcome<T>> => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await send();
      if (outcome.ok || life.aborted || attempt + 1 >= tries) return outcome;
      if (!errors[outcome.code].retry && outcome.code !== also) return outcome;
      await pause(life, AGAIN_MS[Math.min(attempt, AGAIN_MS.length - 1)] ?? 5_000);
    }
  };

  return {
    newId: () => PictureId.parse(newRequestId()),
    add(id, file) {
      keep(
        id,
        file.catch(() => null),
      );
      own.set(id, upload(id, file));
    },
    kept: (id) => own.get(id) ?? Promise.resolve(accepted(null)),
    file(id) {
      const file = known.get(id) ?? download(id);
      keep(id, file);
      return file;
    },
  };
}
