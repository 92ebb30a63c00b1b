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
  remove(life: AbortSignal, id: PictureId): Promise<Outcome<null>>;
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
    async remove(life, id) {
      const outcome = await ask(life, id, { method: 'DELETE' });
      return outcome.ok ? accepted(null) : outcome;
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
  /** Nothing was drawn on a picture that this page added: it is taken away again. */
  giveUp(id: PictureId): void;
  /** The server has a picture: the log says so, or only another page does. */
  isThere(id: PictureId, says: 'log' | 'page'): void;
  /** The file, asked for if need be, once it is said to be there; null when there is none. */
  file(id: PictureId): Promise<Blob | null>;
}

interface PicturesParts {
  readonly files: PictureFiles;
  /** Waits, at the longest until the network is back. */
  readonly pause: (life: AbortSignal, ms: number) => Promise<void>;
  /** The server has a picture that this page added: the others may ask for it now. */
  readonly onKept: (id: PictureId) => void;
}

const AGAIN_MS = [150, 300, 600, 1_200, 2_500, 5_000];
const TRIES = 30;
const TRIES_TO_REMOVE = 5;
const MOST_FILES = 40;
/** Another page may say what it likes; what nobody waits for is forgotten. */
const MOST_SAID = 100;

/** Makes the store; it ends with `life`. */
export function createPictures(life: AbortSignal, { files, pause, onKept }: PicturesParts): Pictures {
  const own = new Map<PictureId, Promise<Outcome<null>>>();
  const known = new Map<PictureId, Promise<Blob | null>>();
  const logged = new Set<PictureId>();
  const said = new Set<PictureId>();
  /** A stroke comes straight from page to page and its picture by way of the server: at first it may not be there. */
  const waiting = new Map<PictureId, (there: boolean) => void>();

  const forget = (id: PictureId) => {
    known.delete(id);
    waiting.get(id)?.(false);
    waiting.delete(id);
  };
  const keep = (id: PictureId, file: Promise<Blob | null>) => {
    known.delete(id);
    known.set(id, file);
    for (const old of [...known.keys()].slice(0, -MOST_FILES)) forget(old);
  };
  const isThere = (id: PictureId, says: 'log' | 'page') => {
    (says === 'log' ? logged : said).add(id);
    for (const old of [...said].slice(0, -MOST_SAID)) said.delete(old);
    waiting.get(id)?.(true);
    waiting.delete(id);
  };

  const upload = async (id: PictureId, made: Promise<Blob>): Promise<Outcome<null>> => {
    const file = await made.catch(() => null);
    if (file === null) return refused('failed');
    const outcome = await insist(() => files.put(life, id, file), TRIES);
    if (outcome.ok) {
      isThere(id, 'page');
      onKept(id);
    }
    return outcome;
  };

  const download = async (id: PictureId): Promise<Blob | null> => {
    if (!logged.has(id) && !said.has(id)) {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      waiting.set(id, resolve);
      if (!(await promise)) return null;
    }
    const outcome = await insist(() => files.get(life, id), TRIES);
    if (!outcome.ok) forget(id);
    return outcome.ok ? outcome.value : null;
  };

  const insist = async <T>(send: () => Promise<Outcome<T>>, tries: number): Promise<Outcome<T>> => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await send();
      if (outcome.ok || life.aborted || attempt + 1 >= tries || !errors[outcome.code].retry) return outcome;
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
    giveUp(id) {
      // What the log names stays.
      if (logged.has(id)) return;
      const kept = own.get(id);
      own.delete(id);
      forget(id);
      void kept?.then((was) => (was.ok ? insist(() => files.remove(life, id), TRIES_TO_REMOVE) : was));
    },
    isThere,
    file(id) {
      const file = known.get(id) ?? download(id);
      keep(id, file);
      return file;
    },
  };
}
