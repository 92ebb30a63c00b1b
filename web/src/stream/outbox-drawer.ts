import * as z from 'zod/mini';
import { limits } from '#contract/limits.ts';

/** What is kept of a message until the server has acknowledged it. */
export const Draft = z.object({
  requestId: z.uuid(),
  streamId: z.uuid(),
  text: z.string().check(z.maxLength(limits.messageLength)),
  writtenAt: z.int(),
});
export type Draft = z.infer<typeof Draft>;

export type DrawerStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Drafts in the device's storage: one key each, so that two tabs don't overwrite each other's. */
export interface Drawer {
  all(): Draft[];
  put(draft: Draft): void;
  remove(requestId: string): void;
}

/**
 * Opens the drafts of one owner. Where the browser keeps nothing (storage blocked or full) messages are still sent,
 * but don't outlive a reload.
 */
export function openDrawer(storage: DrawerStorage | null, owner: string): Drawer {
  const prefix = `sightglass.outbox.${owner}.`;
  return {
    all() {
      const keys = Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? '');
      return keys.filter((key) => key.startsWith(prefix)).flatMap((key) => parseDraft(storage?.getItem(key) ?? ''));
    },
    put(draft) {
      try {
        storage?.setItem(prefix + draft.requestId, JSON.stringify(draft));
      } catch {
        // Full or forbidden: the message is still in memory and is sent from there.
      }
    },
    remove(requestId) {
      storage?.removeItem(prefix + requestId);
    },
  };
}

function parseDraft(text: string): Draft[] {
  try {
    const parsed = Draft.safeParse(JSON.parse(text));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}

/** The device's storage, or null where the browser forbids it. */
export function deviceStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
