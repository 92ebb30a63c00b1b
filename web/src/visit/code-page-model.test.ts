import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import type { Ask } from '#web/http/client.ts';
import { type FakeConnection, fakeConnection, settle } from '../../test/fake-connection.ts';
import { fakeStorage } from '../../test/fake-storage.ts';
import type { Key } from './code-key.ts';
import { openCodePage } from './code-page-model.ts';

const link = 'pTtnCYd5e8mtt0GGoSsZuds5KXWSMAD_';
const codeId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a01';
const deviceId = '0b6c4a52-8a57-4f0e-9d3c-6f5d2f1f7a02';
const opened = (displayName: string | null, entered: boolean) =>
  accepted({
    organization: { name: 'Nordwerk' },
    code: { id: codeId, name: 'Pump 3', linkPath: `/c/${link}` },
    displayName,
    entered,
  });

describe('openCodePage', () => {
  let end: AbortController;
  let connection: FakeConnection;
  let storage: Storage;
  let asked: { path: string; body: Record<string, unknown> }[];
  let open: () => Outcome<unknown>;
  let enter: (name: unknown) => Outcome<unknown>;
  let paths: string[];
  const ask = (async (route: Route, { body }: { body: Record<string, unknown> }) => {
    asked.push({ path: route.path, body });
    await Promise.resolve();
    return route.path === '/api/code/open' ? open() : enter(body['displayName']);
  }) as Ask;
  const visit = async (key: Key | null) => {
    const page = openCodePage(end.signal, { ask, connection, key, storage, showPath: (path) => paths.push(path) });
    await settle();
    return page;
  };

  beforeEach(() => {
    end = new AbortController();
    connection = fakeConnection();
    storage = fakeStorage();
    asked = [];
    paths = [];
    open = () => opened(null, false);
    enter = (name) => accepted({ deviceId, codeId, displayName: name });
  });
  afterEach(() => end.abort());

  it('asks a new device for its name, then it is inside', async () => {
    const page = await visit({ link });
    expect(page.get()).toMatchObject({ state: 'naming', opened: { code: { name: 'Pump 3' } } });
    expect(await page.giveName('Cem')).toBeNull();
    expect(page.get()).toMatchObject({ state: 'inside', visitor: { name: 'Cem', deviceId, organization: 'Nordwerk' } });
    expect(asked.at(-1)?.body).toMatchObject({ key: { link }, displayName: 'Cem' });
  });

  it('asks a known device nothing', async () => {
    storage.setItem('sightglass.device', deviceId);
    open = () => opened('Cem', true);
    expect((await visit({ link })).get()).toMatchObject({ state: 'inside', visitor: { name: 'Cem', deviceId } });
    expect(asked.length).toBe(1);
  });

  it('enters another code under the name it has', async () => {
    open = () => opened('Cem', false);
    expect((await visit({ link })).get()).toMatchObject({ state: 'inside', visitor: { name: 'Cem' } });
    expect(storage.getItem('sightglass.device')).toBe(deviceId);
  });

  it('takes the short code, tells what is wrong with it, and shows the address of the code', async () => {
    const page = await visit(null);
    expect(page.get()).toMatchObject({ state: 'typing', busy: false, refusal: null });
    await page.type('6P58');
    expect(page.get()).toMatchObject({ state: 'typing', refusal: { code: 'malformed' } });
    expect(asked).toEqual([]);
    open = () => refused('not-found');
    await page.type('6P58NGZN');
    expect(page.get()).toMatchObject({ state: 'typing', refusal: { code: 'not-found' } });
    open = () => ({ ok: false, code: 'too-many', retryAfterSeconds: 60 });
    await page.type('6P58NGZN');
    expect(page.get()).toMatchObject({ state: 'typing', refusal: { code: 'too-many' } });
    open = () => opened(null, false);
    await page.type('6p58 ngzn');
    expect(page.get().state).toBe('naming');
    expect(paths).toEqual([`/c/${link}`]);
  });

  it('says that a code is not in use, also when it is switched off while the page is open', async () => {
    open = () => refused('not-found');
    expect((await visit({ link })).get().state).toBe('closed');
    storage.setItem('sightglass.device', deviceId);
    open = () => opened('Cem', true);
    const page = await visit({ link });
    connection.tell('access-changed', {});
    await settle();
    expect(page.get().state).toBe('inside');
    open = () => refused('not-found');
    connection.tell('access-changed', {});
    await settle();
    expect(page.get().state).toBe('closed');
  });

  it('can be tried again when the server was away', async () => {
    open = () => refused('unavailable');
    const page = await visit({ link });
    expect(page.get()).toMatchObject({ state: 'unreachable', refusal: { code: 'unavailable' } });
    open = () => opened(null, false);
    await page.retry();
    expect(page.get().state).toBe('naming');
  });

  it('keeps the form when the name could not be saved', async () => {
    const page = await visit({ link });
    enter = () => refused('unavailable');
    expect(await page.giveName('Cem')).toMatchObject({ code: 'unavailable' });
    expect(page.get()).toMatchObject({ state: 'naming', busy: false, refusal: { code: 'unavailable' } });
  });

  it('changes the name later without asking anew', async () => {
    const page = await visit({ link });
    await page.giveName('Cem');
    expect(await page.giveName('Cem Yildiz')).toBeNull();
    expect(page.get()).toMatchObject({ state: 'inside', visitor: { name: 'Cem Yildiz', code: { id: codeId } } });
  });
});
