import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PictureId } from '#contract/annotation/ids.ts';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { ScreenshotId, UploadId } from '#contract/file/ids.ts';
import { RequestId, SessionId } from '#contract/ids.ts';
import type { Ask } from '#web/http/client.ts';
import { createAsk } from '#web/http/client.ts';
import type { KeptVersion, KeptVersions } from './kept-versions.ts';
import { createSender } from './sender.ts';

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const blob = new Blob(['12345678']);
const version = (part: Partial<KeptVersion> = {}): KeptVersion => ({
  requestId: RequestId.parse(uuid(1)),
  sessionId: SessionId.parse(uuid(2)),
  screenshotId: ScreenshotId.parse(uuid(3)),
  as: 'code',
  taken: null,
  from: 0,
  blurred: false,
  drawings: [],
  picture: blob,
  painted: blob,
  thumbnail: blob,
  uploads: {},
  notBefore: 0,
  ...part,
});
const event = {
  seq: 1,
  at: '2026-11-20T12:00:00Z',
  author: { kind: 'system' },
  requestId: null,
  body: { kind: 'message-said', text: 'x' },
};

function memory(first: readonly KeptVersion[] = []): KeptVersions & { readonly rows: Map<string, KeptVersion> } {
  const rows = new Map<string, KeptVersion>(first.map((one) => [one.requestId, one]));
  return {
    rows,
    all: async () => [...rows.values()],
    put: async (one) => void rows.set(one.requestId, one),
    remove: async (id) => void rows.delete(id),
  };
}

/** A server that answers what it is told to, and a network that is there or not. */
function scene(kept = memory()) {
  const life = new AbortController();
  const asked: string[] = [];
  const begun: (string | null)[] = [];
  const network = { up: true, code: 'ok' };
  const fetcher: typeof fetch = async (input) => {
    asked.push(String(input).split('/').slice(-1)[0] ?? '');
    if (!network.up) throw new Error('no network');
    if (network.code !== 'ok') return Response.json({ error: { code: network.code } }, { status: 409 });
    return Response.json(event);
  };
  const ask: Ask = createAsk({ fetch: fetcher });
  const refusals: string[] = [];
  const sender = createSender(life.signal, {
    kept,
    ask: () => ask,
    send: async (_life, { at, onAddress, onProgress }): Promise<Outcome<UploadId>> => {
      begun.push(at);
      onAddress(`/api/uploads/${uuid(9)}`);
      onProgress(4);
      return network.up ? accepted(UploadId.parse(uuid(9))) : refused('unavailable');
    },
    alone: async (_name, run) => {
      await run();
      return true;
    },
    now: Date.now,
    onRefused: (_version, { code }) => refusals.push(code),
  });
  return { life, kept, sender, asked, begun, network, refusals };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('sends three files, then says so, and keeps nothing', async () => {
  const { sender, asked, kept } = scene();
  await sender.keep(version());
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['versions']);
  expect(kept.rows.size).toBe(0);
  expect(sender.onItsWay.get()).toEqual([]);
});

it('waits for the network, and goes on where each file was', async () => {
  const { sender, network, kept, begun } = scene();
  network.up = false;
  await sender.keep(version());
  await vi.advanceTimersByTimeAsync(50);
  expect(sender.onItsWay.get()).toMatchObject([{ stuck: true }]);
  expect(kept.rows.size).toBe(1);
  network.up = true;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(kept.rows.size).toBe(0);
  expect(begun).toEqual([null, `/api/uploads/${uuid(9)}`, null, null]);
});

it('tells of what was taken long ago only when its picture is up', async () => {
  const { sender, asked } = scene();
  const taken = {
    requestId: RequestId.parse(uuid(5)),
    of: { kind: 'still', pictureId: PictureId.parse(uuid(6)) },
  } as const;
  await sender.keep(version({ taken }));
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['screenshots', 'versions']);
});

it('finds what an earlier page has left', async () => {
  const { sender, asked } = scene(memory([version()]));
  sender.hurry();
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['versions']);
});

it('stands in only when the time for the better picture is over, and is dropped when that came', async () => {
  const { sender, asked, kept } = scene();
  await sender.keep(version({ notBefore: Date.now() + 6_000 }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked).toEqual([]);
  await sender.drop(version().requestId);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual([]);
  expect(kept.rows.size).toBe(0);
});

it('says nothing when somebody was first with the first version, and says so of an edit that is not taken', async () => {
  const { sender, network, refusals } = scene();
  network.code = 'not-in-this-state';
  await sender.keep(version());
  await vi.advanceTimersByTimeAsync(50);
  expect(refusals).toEqual([]);
  await sender.keep(version({ requestId: RequestId.parse(uuid(7)), from: 1 }));
  await vi.advanceTimersByTimeAsync(50);
  expect(refusals).toEqual(['not-in-this-state']);
});

it('keeps what an employee who was signed out has taken', async () => {
  const { sender, network, kept } = scene();
  network.code = 'not-signed-in';
  await sender.keep(version({ as: null }));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept.rows.size).toBe(1);
  network.code = 'ok';
  await vi.advanceTimersByTimeAsync(5_000);
  expect(kept.rows.size).toBe(0);
});
