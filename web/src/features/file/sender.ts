import { accepted, errors, type Outcome, type Refusal } from '#contract/errors.ts';
import { addScreenshotVersion, takeScreenshot } from '#contract/file/http.ts';
import type { ScreenshotId, UploadId } from '#contract/file/ids.ts';
import type { RequestId, SessionId } from '#contract/ids.ts';
import type { SessionEvent } from '#contract/session/http.ts';
import type { Ask } from '#web/http/client.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';
import { type FileName, fileNames, type KeptVersion, type KeptVersions } from './kept-versions.ts';
import type { SendFile } from './upload.ts';

/** A version on its way, as people are told of it. */
export interface OnItsWay {
  readonly requestId: RequestId;
  readonly sessionId: SessionId;
  readonly screenshotId: ScreenshotId;
  readonly from: number;
  /** Parts of its bytes that the server has, 0…1. */
  readonly sent: number;
  /** The server could not be reached at the last try. */
  readonly stuck: boolean;
  /** The server does not even know yet that it was taken. */
  readonly untold: boolean;
}

export interface Sender {
  readonly onItsWay: ReadableStore<readonly OnItsWay[]>;
  /** Keeps a version on this device and sends it, until the server has confirmed it. */
  keep(version: KeptVersion): Promise<void>;
  /** Changes what is kept, if it still is. */
  change(requestId: RequestId, part: Partial<KeptVersion>): Promise<void>;
  /** Somebody else's picture is there, or it is not wanted any more. */
  drop(requestId: RequestId): Promise<void>;
  /** Tries again now. */
  hurry(): void;
}

export interface SenderParts {
  readonly kept: KeptVersions;
  readonly ask: (as: 'code' | null) => Ask;
  readonly send: SendFile;
  /** Runs it unless another tab of this browser is at the same; false then. */
  readonly alone: (name: string, run: () => Promise<void>) => Promise<boolean>;
  readonly now: () => number;
  /** The server never takes it; it is gone from here. */
  readonly onRefused: (version: KeptVersion, refusal: Refusal) => void;
}

const AGAIN_MS = 4_000;
/** Each file that the server does not know any more is sent anew; so often at most. */
const TRIES = 6;

/** Makes it; it ends with `life`, and what is kept then goes up at the next opening of a page. */
export function createSender(life: AbortSignal, parts: SenderParts): Sender {
  const { kept, now } = parts;
  const onItsWay = createStore<readonly OnItsWay[]>([]);
  const dropped = new Set<RequestId>();
  const failures = new Map<RequestId, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = false;
  let again = false;

  const show = ({ requestId, sessionId, screenshotId, from, taken }: KeptVersion, part: Partial<OnItsWay> = {}) => {
    const before = onItsWay.get().find((one) => one.requestId === requestId);
    const next = { requestId, sessionId, screenshotId, from, sent: 0, stuck: false, ...before, untold: taken !== null };
    const others = onItsWay.get().filter((one) => one.requestId !== requestId);
    onItsWay.set([...others, { ...next, ...part }]);
  };
  const hide = (requestId: RequestId) => onItsWay.set(onItsWay.get().filter((one) => one.requestId !== requestId));

  const drop = async (requestId: RequestId) => {
    dropped.add(requestId);
    hide(requestId);
    await kept.remove(requestId);
  };
  const change = async (requestId: RequestId, part: Partial<KeptVersion>) => {
    const now = (await kept.all()).find((one) => one.requestId === requestId);
    if (now !== undefined && !dropped.has(requestId)) await kept.put({ ...now, ...part });
  };

  const uploadOne = async (version: KeptVersion, name: FileName, onBytes: (bytes: number) => void) => {
    const file = version[name];
    if (file === null) return accepted(null);
    const outcome = await parts.send(life, {
      file,
      meta: { purpose: 'screenshot', sessionId: version.sessionId },
      as: version.as,
      at: version.uploads[name] ?? null,
      onAddress: (at) => {
        version.uploads[name] = at;
        if (!dropped.has(version.requestId)) void kept.put(version);
      },
      onProgress: onBytes,
    });
    return outcome;
  };

  const upload = async (version: KeptVersion): Promise<Outcome<Readonly<Record<FileName, UploadId | null>>>> => {
    const all = fileNames.reduce((sum, name) => sum + (version[name]?.size ?? 0), 0);
    const ids: Record<FileName, UploadId | null> = { picture: null, painted: null, thumbnail: null };
    let before = 0;
    for (const name of fileNames) {
      const outcome = await uploadOne(version, name, (bytes) =>
        show(version, { sent: (before + bytes) / Math.max(1, all), stuck: false }),
      );
      if (!outcome.ok) return outcome;
      ids[name] = outcome.value;
      before += version[name]?.size ?? 0;
    }
    return accepted(ids);
  };

  /** Files first, then the fact where it is not told yet: what was taken long ago is there at once when it is heard of. */
  const bring = async (version: KeptVersion): Promise<Outcome<SessionEvent | null>> => {
    const uploaded = await upload(version);
    if (!uploaded.ok) return uploaded;
    const { picture, painted, thumbnail } = uploaded.value;
    const { sessionId, screenshotId, requestId, from, blurred, drawings, taken } = version;
    if (painted === null || thumbnail === null || dropped.has(requestId)) return accepted(null);
    const ask = parts.ask(version.as);
    const params = { sessionId, screenshotId };
    if (taken !== null) {
      const body = { requestId: taken.requestId, screenshotId, of: taken.of };
      const told = await ask(takeScreenshot, { params: { sessionId }, body, signal: life });
      if (!told.ok) return told;
      version.taken = null;
      await kept.put(version);
    }
    return ask(addScreenshotVersion, {
      params,
      body: { requestId, from, picture, painted, thumbnail, drawings: [...drawings], blurred },
      signal: life,
    });
  };

  const work = async (version: KeptVersion) => {
    const { requestId } = version;
    show(version);
    const outcome = await bring(version);
    if (life.aborted || dropped.has(requestId)) return;
    if (outcome.ok) return drop(requestId);
    const failed = (failures.get(requestId) ?? 0) + 1;
    if (outcome.code !== 'unavailable') failures.set(requestId, failed);
    const lostUpload = outcome.code === 'not-found' && Object.keys(version.uploads).length > 0;
    if (lostUpload) await kept.put({ ...version, uploads: {} });
    if (worthAgain(outcome, failed, lostUpload)) return show(version, { stuck: true, sent: 0 });
    await drop(requestId);
    // The camera's own page, or the one that took it, was first: what was wanted is so.
    if (outcome.code !== 'not-in-this-state' || version.from > 0) parts.onRefused(version, outcome);
  };

  const round = async () => {
    for (const version of await kept.all()) {
      if (life.aborted || dropped.has(version.requestId)) continue;
      if (version.notBefore > now()) continue;
      const mine = await parts.alone(`sightglass.upload.${version.requestId}`, () => work(version));
      if (!mine) show(version);
    }
  };

  const hurry = () => {
    if (life.aborted) return;
    clearTimeout(timer);
    if (running) {
      again = true;
      return;
    }
    running = true;
    void round().finally(async () => {
      running = false;
      if (life.aborted) return;
      const left = (await kept.all()).filter(({ requestId }) => !dropped.has(requestId));
      const soonest = Math.min(...left.map(({ notBefore }) => notBefore - now()));
      if (again) {
        again = false;
        hurry();
      } else if (left.length > 0) timer = setTimeout(hurry, soonest > 0 ? Math.min(soonest, AGAIN_MS) : AGAIN_MS);
    });
  };
  life.addEventListener('abort', () => clearTimeout(timer), { once: true });

  return {
    onItsWay,
    async keep(version) {
      await kept.put(version);
      if (version.notBefore <= now() || version.taken !== null) show(version);
      hurry();
    },
    change,
    drop,
    hurry,
  };
}

/** Networks come back, logins too; what the server does not understand is not for ever. */
function worthAgain({ code }: Refusal, failures: number, lostUpload: boolean): boolean {
  if (code === 'unavailable' || code === 'not-signed-in') return true;
  return (errors[code].retry || lostUpload) && failures < TRIES;
}
