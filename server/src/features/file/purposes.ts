import type * as z from 'zod/mini';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { UploadId } from '#contract/file/ids.ts';
import type { SessionId } from '#contract/ids.ts';
import type { KnownActor } from '#core/access/actor.ts';
import type { Change } from '../../database/transact.ts';

/** What files are taken in for, said by the feature that wants them. */
export interface Purpose<Meta extends { readonly sessionId: SessionId }> {
  /** `purpose` in the upload's metadata. */
  readonly name: string;
  readonly metadata: z.ZodMiniType<Meta>;
  /** The most bytes of the whole file. */
  mostBytes(meta: Meta): number;
  /** The most bytes that one PATCH brings; the rest has to come by another, for which `mayWrite` is asked anew. */
  readonly mostBytesAtOnce?: number;
  /** For how long one PATCH may bring bytes, in ms; an hour where nothing is said. */
  readonly mostMsAtOnce?: number;
  /** Asked in the transaction that makes the upload. Use this change: a second connection could not be had. */
  mayCreate(change: Change, actor: KnownActor, meta: Meta, uploadId: UploadId): Promise<Outcome<unknown>>;
  /** Asked at each PATCH of its owner, at each HEAD where there is no `mayAsk`, at each DELETE where there is no `mayRemove`. */
  mayWrite(actor: KnownActor, meta: Meta, uploadId: UploadId): Promise<Outcome<unknown>>;
  /** Asked at each HEAD: how far it is may be told while nothing may be added. */
  mayAsk?(actor: KnownActor, meta: Meta, uploadId: UploadId): Promise<Outcome<unknown>>;
  /** Asked at each DELETE of its owner. */
  mayRemove?(actor: KnownActor, meta: Meta, uploadId: UploadId): Promise<Outcome<unknown>>;
  /** Told after each PATCH how many bytes there are now. */
  received?(meta: Meta, uploadId: UploadId, bytes: number): Promise<void>;
  /** Whether something still needs it; without this an upload is removed `fileLimits.uploadPatienceMs` after its last byte. */
  isNeeded?(meta: Meta, uploadId: UploadId): Promise<boolean>;
}

const HOUR_MS = 3_600_000;

/** One upload's purpose with its metadata in it. */
export interface OpenPurpose {
  readonly name: string;
  readonly metadata: { readonly sessionId: SessionId };
  readonly mostBytes: number;
  readonly mostBytesAtOnce: number;
  readonly mostMsAtOnce: number;
  mayCreate(change: Change, actor: KnownActor, uploadId: UploadId): Promise<Outcome<unknown>>;
  mayWrite(actor: KnownActor, uploadId: UploadId): Promise<Outcome<unknown>>;
  mayAsk(actor: KnownActor, uploadId: UploadId): Promise<Outcome<unknown>>;
  mayRemove(actor: KnownActor, uploadId: UploadId): Promise<Outcome<unknown>>;
  received(uploadId: UploadId, bytes: number): Promise<void>;
  isNeeded(uploadId: UploadId): Promise<boolean>;
}

export interface Purposes {
  take<Meta extends { readonly sessionId: SessionId }>(purpose: Purpose<Meta>): void;
  /** The purpose of this name for an upload with this metadata; refused where there is none, or it is not as it should be. */
  open(name: string, metadata: unknown): Outcome<OpenPurpose>;
}

/** The purposes that features have said, each by one name. */
export function createPurposes(): Purposes {
  const openers = new Map<string, (metadata: unknown) => Outcome<OpenPurpose>>();
  return {
    take: (purpose) => {
      if (openers.has(purpose.name)) throw new Error(`the purpose ${purpose.name} is taken twice`);
      openers.set(purpose.name, (metadata) => {
        const parsed = purpose.metadata.safeParse(metadata);
        if (!parsed.success) return refused('malformed', 'Upload-Metadata');
        const meta = parsed.data;
        return accepted({
          name: purpose.name,
          metadata: meta,
          mostBytes: purpose.mostBytes(meta),
          mostBytesAtOnce: purpose.mostBytesAtOnce ?? purpose.mostBytes(meta),
          mostMsAtOnce: purpose.mostMsAtOnce ?? HOUR_MS,
          mayCreate: (change, actor, uploadId) => purpose.mayCreate(change, actor, meta, uploadId),
          mayWrite: (actor, uploadId) => purpose.mayWrite(actor, meta, uploadId),
          mayAsk: (actor, uploadId) => (purpose.mayAsk ?? purpose.mayWrite)(actor, meta, uploadId),
          mayRemove: (actor, uploadId) => (purpose.mayRemove ?? purpose.mayWrite)(actor, meta, uploadId),
          received: async (uploadId, bytes) => purpose.received?.(meta, uploadId, bytes),
          isNeeded: async (uploadId) => (await purpose.isNeeded?.(meta, uploadId)) ?? false,
        });
      });
    },
    open: (name, metadata) => openers.get(name)?.(metadata) ?? refused('malformed', 'Upload-Metadata'),
  };
}
