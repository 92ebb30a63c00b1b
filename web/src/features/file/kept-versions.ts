import * as z from 'zod/mini';
import { ScreenshotSource } from '#contract/file/events.ts';
import { ScreenshotDrawing } from '#contract/file/http.ts';
import { ScreenshotId } from '#contract/file/ids.ts';
import { RequestId, SessionId } from '#contract/ids.ts';
import { markKeptFiles } from '#web/state/kept-mark.ts';

/** Which of a version's files. */
export const fileNames = ['picture', 'painted', 'thumbnail'] as const;
export type FileName = (typeof fileNames)[number];

/** A version of a screenshot on its way to the server, as this device keeps it until the server has confirmed it. */
export const KeptVersion = z.object({
  /** The request that adds it: repeating it is harmless. */
  requestId: RequestId,
  sessionId: SessionId,
  screenshotId: ScreenshotId,
  /** Who speaks: the customer's device, or the employee who is signed in. */
  as: z.nullable(z.literal('code')),
  /** The fact that it was taken, while the server does not know of it yet. */
  taken: z.nullable(z.object({ requestId: RequestId, of: ScreenshotSource })),
  from: z.int(),
  blurred: z.boolean(),
  drawings: z.array(ScreenshotDrawing),
  /** Null: the pixels of the version it was made from. */
  picture: z.nullable(z.instanceof(Blob)),
  painted: z.instanceof(Blob),
  thumbnail: z.instanceof(Blob),
  /** Where each file goes on, once the server has given it an address. */
  uploads: z.partialRecord(z.enum(fileNames), z.string()),
  /** Somebody else's better picture is waited for until then, ms since 1970. */
  notBefore: z.number(),
});
export type KeptVersion = z.infer<typeof KeptVersion>;

/** What this device keeps. Where the browser keeps nothing, it is sent from memory and lost with the page. */
export interface KeptVersions {
  all(): Promise<readonly KeptVersion[]>;
  put(version: KeptVersion): Promise<void>;
  remove(requestId: RequestId): Promise<void>;
}

const STORE = 'versions';

/** Opens this device's store, at the first use. */
export function openKeptVersions(factory: IDBFactory | undefined = globalThis.indexedDB): KeptVersions {
  const memory = new Map<RequestId, KeptVersion>();
  let opened: Promise<IDBDatabase | null> | null = null;
  const database = () => {
    opened ??= openDatabase(factory);
    return opened;
  };
  const within = async <T>(
    mode: IDBTransactionMode,
    run: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T | null> => {
    const open = await database();
    if (open === null) return null;
    try {
      return await settled(run(open.transaction(STORE, mode).objectStore(STORE)));
    } catch {
      // Full, or taken away by the browser: memory has it for as long as the page is open.
      return null;
    }
  };
  return {
    async all() {
      const rows = (await within<unknown[]>('readonly', (store) => store.getAll())) ?? [];
      for (const row of rows) {
        const parsed = KeptVersion.safeParse(row);
        if (parsed.success && !memory.has(parsed.data.requestId)) memory.set(parsed.data.requestId, parsed.data);
      }
      return [...memory.values()];
    },
    async put(version) {
      memory.set(version.requestId, version);
      markKeptFiles(true);
      await within('readwrite', (store) => store.put(version));
    },
    async remove(requestId) {
      memory.delete(requestId);
      await within('readwrite', (store) => store.delete(requestId));
      if ((await within('readonly', (store) => store.count())) === 0) markKeptFiles(false);
    },
  };
}

function openDatabase(factory: IDBFactory | undefined): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    if (factory === undefined) return resolve(null);
    try {
      const request = factory.open('sightglass', 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'requestId' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
      request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not kept'));
  });
}
