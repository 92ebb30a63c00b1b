import type { ServerResponse } from 'node:http';
import type { SessionId } from '#contract/ids.ts';

/** One file on its way to somebody. */
export interface SentFile {
  /** Right before its first byte goes: false where the person may not have it any more. From then on it is cut off instead. */
  mayGo(): boolean;
}

/** Files of sessions that are being sent right now; whoever may not have one any more gets no further byte of it. */
export interface SentFiles {
  /**
   * Before it is asked whether the person may have it: what is forbidden from now on ends it, what was forbidden before is in
   * the answer.
   */
  begin(sessionId: SessionId, response: ServerResponse, mayStill: () => Promise<boolean>): SentFile;
  /** Asks anew for everything of this session that is under way. */
  recheck(sessionId: SessionId): void;
}

/** A book of the files that are under way, empty. */
export function watchSentFiles(): SentFiles {
  const underWay = new Map<SessionId, Set<() => Promise<void>>>();
  return {
    begin(sessionId, response, mayStill) {
      let state: 'asked' | 'going' | 'cut' = 'asked';
      const recheck = async () => {
        if (await mayStill().catch(() => false)) return;
        if (state === 'going') response.destroy();
        state = 'cut';
      };
      const all = underWay.get(sessionId) ?? new Set();
      underWay.set(sessionId, all.add(recheck));
      response.once('close', () => {
        all.delete(recheck);
        if (all.size === 0 && underWay.get(sessionId) === all) underWay.delete(sessionId);
      });
      return {
        mayGo: () => {
          if (state === 'asked') state = 'going';
          return state === 'going';
        },
      };
    },
    recheck(sessionId) {
      for (const recheck of underWay.get(sessionId) ?? []) void recheck();
    },
  };
}
