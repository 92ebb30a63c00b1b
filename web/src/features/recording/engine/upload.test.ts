import { expect, test, vi } from 'vitest';
import { SessionId } from '#contract/ids.ts';
import { RecordingPartId } from '#contract/recording/ids.ts';
import { MOST_WAITING, openUpload, type UploadTrouble } from './upload.ts';

const what = {
  purpose: 'recording' as const,
  sessionId: SessionId.parse('11111111-1111-4111-8111-111111111111'),
  partId: RecordingPartId.parse('22222222-2222-4222-8222-222222222222'),
};

const bytesOf = async (body: unknown) =>
  new Uint8Array(body instanceof Blob ? await body.arrayBuffer() : new ArrayBuffer());

/** A tus server of one upload; `break` answers a request in its own way. */
function server(breaks: (method: string, nth: number) => Response | 'lost' | 'cut' | 'unheard' | null = () => null) {
  let stored = new Uint8Array(0);
  let length = Number.NaN;
  const asked: string[] = [];
  const keep = async (options: RequestInit | undefined, broken: string | null) => {
    const all = await bytesOf(options?.body);
    stored = new Uint8Array([...stored, ...(broken === 'cut' ? all.subarray(0, 1) : all)]);
    length = Number(new Headers(options?.headers).get('upload-length') ?? length);
    if (broken !== null) throw new TypeError('cut off');
  };
  const send: typeof fetch = async (_address, options) => {
    const method = options?.method ?? 'GET';
    asked.push(method);
    const broken = breaks(method, asked.length);
    if (broken === 'lost') throw new TypeError('no network');
    if (broken instanceof Response) return broken;
    const headers = new Headers(options?.headers);
    if (method === 'POST') return new Response(null, { status: 201, headers: { location: '/api/uploads/1' } });
    if (method === 'PATCH') {
      if (Number(headers.get('upload-offset')) !== stored.length) return new Response('', { status: 409 });
      await keep(options, broken);
    }
    const known = Number.isNaN(length) ? {} : { 'upload-length': `${length}` };
    return new Response(null, { status: 200, headers: { 'upload-offset': `${stored.length}`, ...known } });
  };
  return { send, asked, stored: () => [...stored], length: () => length };
}

function open(to: ReturnType<typeof server>) {
  const troubles: UploadTrouble[] = [];
  const left: number[] = [];
  const life = new AbortController();
  const upload = openUpload(life.signal, {
    what,
    speaker: {},
    send: to.send,
    pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
    onLeft: (bytes) => left.push(bytes),
    onTrouble: (trouble) => troubles.push(trouble),
  });
  return { upload, troubles, left, life };
}

test('what is written goes up in order, and the length at the end', async () => {
  const to = server();
  const { upload, left } = open(to);
  upload.write(new Uint8Array([1, 2]));
  upload.write(new Uint8Array([3]));
  await vi.waitFor(() => expect(to.stored()).toEqual([1, 2, 3]));
  upload.write(new Uint8Array([4]));
  expect(await upload.finish()).toBe(true);
  expect(to.stored()).toEqual([1, 2, 3, 4]);
  expect(to.length()).toBe(4);
  expect(left.at(-1)).toBe(0);
});

test('a recording that ends with all of it sent says its length all the same', async () => {
  const to = server();
  const { upload } = open(to);
  upload.write(new Uint8Array([1]));
  await vi.waitFor(() => expect(to.stored()).toEqual([1]));
  expect(await upload.finish()).toBe(true);
  expect(to.length()).toBe(1);
});

test('after a lost request it goes on from where the server is', async () => {
  const to = server((method, nth) => {
    if (nth < 3) return 'lost';
    if (method === 'PATCH' && nth === 4) return 'cut';
    return nth === 5 ? new Response('', { status: 503 }) : null;
  });
  const { upload, troubles } = open(to);
  upload.write(new Uint8Array([1, 2, 3, 4]));
  expect(await upload.finish()).toBe(true);
  expect(to.stored()).toEqual([1, 2, 3, 4]);
  expect(to.asked.slice(0, 6)).toEqual(['POST', 'POST', 'POST', 'PATCH', 'HEAD', 'HEAD']);
  expect(troubles).toEqual([]);
});

test('where only the answer to the last request was lost, nothing is sent twice', async () => {
  const to = server((method, nth) => (method === 'PATCH' && nth === 2 ? 'unheard' : null));
  const { upload } = open(to);
  upload.write(new Uint8Array([1, 2]));
  expect(await upload.finish()).toBe(true);
  expect(to.stored()).toEqual([1, 2]);
  expect(to.asked).toEqual(['POST', 'PATCH', 'HEAD']);
});

test('another length than expected is asked for', async () => {
  const to = server((method, nth) => (method === 'PATCH' && nth === 2 ? new Response('', { status: 409 }) : null));
  const { upload, troubles } = open(to);
  upload.write(new Uint8Array([1]));
  await vi.waitFor(() => expect(to.stored()).toEqual([1]));
  expect(to.asked).toEqual(['POST', 'PATCH', 'HEAD', 'PATCH']);
  expect(troubles).toEqual([]);
});

test('while it is held nothing is sent, and a no of that state is not the last word', async () => {
  let paused = false;
  let refused = 0;
  const to = server((method) => {
    if (!paused || method === 'POST') return null;
    // The server pauses first, then the page hears of it.
    if (++refused === 3) upload.hold(true);
    return new Response(null, { status: 409 });
  });
  const { upload, troubles } = open(to);
  upload.write(new Uint8Array([1]));
  await vi.waitFor(() => expect(to.stored()).toEqual([1]));
  paused = true;
  upload.write(new Uint8Array([2]));
  await vi.waitFor(() => expect(refused).toBe(3));
  await new Promise((resolve) => setTimeout(resolve, 5));
  const asked = to.asked.length;
  upload.write(new Uint8Array([3]));
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(to.asked).toHaveLength(asked);
  paused = false;
  upload.hold(false);
  await vi.waitFor(() => expect(to.stored()).toEqual([1, 2, 3]));
  expect(troubles).toEqual([]);
});

test('a no in this state that stays is the end', async () => {
  const to = server((method) => (method === 'POST' ? null : new Response(null, { status: 409 })));
  const { upload, troubles } = open(to);
  upload.write(new Uint8Array([1]));
  expect(await upload.finish()).toBe(false);
  expect(troubles).toEqual(['not-in-this-state']);
});

test('a refusal ends it at once and says why', async () => {
  const refusal = () => new Response(JSON.stringify({ error: { code: 'not-allowed' } }), { status: 403 });
  const to = server((method) => (method === 'PATCH' ? refusal() : null));
  const { upload, troubles } = open(to);
  upload.write(new Uint8Array([1]));
  await vi.waitFor(() => expect(troubles).toEqual(['not-allowed']));
  const asked = to.asked.length;
  upload.write(new Uint8Array([2]));
  expect(await upload.finish()).toBe(false);
  expect(to.asked).toHaveLength(asked);
});

test('memory is bounded while the network is away', async () => {
  const { upload, troubles } = open(server(() => 'lost'));
  upload.write(new Uint8Array(MOST_WAITING - 1));
  expect(troubles).toEqual([]);
  upload.write(new Uint8Array(2));
  expect(troubles).toEqual(['away-too-long']);
  expect(await upload.finish()).toBe(false);
});

test('it ends with its life, and nobody is told', async () => {
  const { upload, troubles, life } = open(server());
  upload.write(new Uint8Array([1]));
  life.abort();
  expect(await upload.finish()).toBe(false);
  expect(troubles).toEqual([]);
});
