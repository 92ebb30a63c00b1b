/** The media transport alone, page to page, without the product around it: what it promises, on real connections. */
import { type Browser, expect, type Page, test } from '@playwright/test';
import { iceServersFor } from '#server/features/call/ice-servers.ts';
import { launchWithFakeMedia, openTab } from './call-lab/browser.ts';
import { startCoturn } from './call-lab/coturn.ts';
import type {} from './call-lab/page.ts';
import { type CallLab, startCallLab } from './call-lab/server.ts';

/** A call costs its time: what is waited for in one is asked about often. */
const QUICK = { timeout: 15_000, intervals: [100] };

const framesOf = (page: Page, from: string) => page.evaluate((id) => window.lab.frames[id] ?? 0, from);
const conditionOf = (page: Page) => page.evaluate(() => window.lab.transport.peers.get()[0]?.condition);
const cameraOf = (page: Page) => page.evaluate(() => window.lab.transport.peers.get()[0]?.media?.camera);

/** Whether a page has sent a signal like this. */
const hasSent = (page: Page, what: string) =>
  page.evaluate((part) => window.lab.sent.some((said) => said.includes(part)), what);

/** New frames of the other side go on arriving. */
async function expectMoving(page: Page, from: string): Promise<void> {
  const before = await framesOf(page, from);
  await expect.poll(() => framesOf(page, from), QUICK).toBeGreaterThan(before + 10);
}

async function expectSound(page: Page): Promise<void> {
  await page.evaluate(() => window.lab.loudest());
  await expect.poll(() => page.evaluate(() => window.lab.loudest()), QUICK).toBeGreaterThan(0.2);
}

test.describe('media transport', () => {
  let browser: Browser;
  let lab: CallLab;
  test.beforeAll(async () => {
    [browser, lab] = await Promise.all([launchWithFakeMedia(), startCallLab()]);
  });
  test.afterAll(async () => {
    await browser.close();
    await lab.close();
  });

  /** Ann waits with a parked offer, Bob opens the page. */
  const meet = async (room: string, at = lab.origin, more = ''): Promise<[Page, Page]> => {
    const url = (who: string) => `${at}/?room=${room}&who=${who}&join=1${more}`;
    const ann = await openTab(browser, url('ann'));
    await expect.poll(() => ann.evaluate(() => window.lab.parked()), QUICK).toBeGreaterThan(0);
    const bob = await openTab(browser, url('bob'));
    await expect.poll(() => conditionOf(bob), QUICK).toBe('connected');
    return [ann, bob];
  };
  const part = async (...pages: Page[]) => {
    for (const page of pages) await page.context().close();
  };

  test('A1 the newcomer answers the parked offer; both see and hear each other, 1280 wide from the first picture', async () => {
    const [ann, bob] = await meet('parked', lab.origin, '&sharp=1');
    expect(await bob.evaluate(() => window.lab.parkedWith)).toBe('ann');
    await expectMoving(ann, 'bob');
    await expectMoving(bob, 'ann');
    await expectSound(ann);
    await expectSound(bob);
    expect(await ann.evaluate(() => window.lab.first())).toMatchObject({ width: 1280, height: 720 });
    expect(await bob.evaluate(() => window.lab.first())).toMatchObject({ width: 1280, height: 720 });
    // One parcel with both answers, the rest are candidates.
    expect(await bob.evaluate(() => window.lab.sent[0])).toContain('audio:answer:1.0 video:answer:1.0');
    await part(ann, bob);
  });

  test('B3 the camera goes off and on while the sound goes on', async () => {
    const [ann, bob] = await meet('camera');
    await expectMoving(bob, 'ann');
    await ann.evaluate(() => window.lab.devices.setCamera(false));
    await expect.poll(() => cameraOf(bob)).toBe('off');
    let still = Number.NaN;
    const hasStopped = async () => {
      const before = still;
      still = await framesOf(bob, 'ann');
      return still === before;
    };
    await expect.poll(hasStopped, { intervals: [300] }).toBe(true);
    await expectSound(bob);
    expect(await framesOf(bob, 'ann')).toBeLessThanOrEqual(still + 1);
    await ann.evaluate(() => window.lab.devices.setCamera(true));
    await expect.poll(() => cameraOf(bob)).toBe('on');
    await expectMoving(bob, 'ann');
    await part(ann, bob);
  });

  test('B3 another camera and another microphone, neither touching the other', async () => {
    const [ann, bob] = await meet('switch');
    const streams = () =>
      bob.evaluate(() => window.lab.transport.peers.get().map((peer) => [peer.audio?.id, peer.video?.id]));
    const ids = () =>
      ann.evaluate(() => {
        const { audio, video } = window.lab.devices.tracks.get();
        return { audio: audio?.getSettings().deviceId, video: video?.getSettings().deviceId };
      });
    const before = { streams: await streams(), ids: await ids() };
    await ann.evaluate(() => {
      const { devices } = window.lab;
      return devices.chooseCamera(devices.state.get().cameras[2]?.id ?? '');
    });
    const between = await ids();
    expect(between.video).not.toBe(before.ids.video);
    expect(between.audio).toBe(before.ids.audio);
    await ann.evaluate(() => {
      const { devices } = window.lab;
      const other = devices.state
        .get()
        .microphones.find(({ id }) => id !== 'default' && id !== devices.tracks.get().audio?.id);
      return devices.chooseMicrophone(other?.id ?? '');
    });
    expect((await ids()).video).toBe(between.video);
    await expectMoving(bob, 'ann');
    await expectSound(bob);
    expect(await streams()).toEqual(before.streams);
    await ann.evaluate(() => window.lab.devices.setMicrophone(false));
    // The loudest of each second; the fake microphone beeps once in each.
    const loudest = () => bob.evaluate(() => window.lab.loudest());
    await expect.poll(loudest, { timeout: 20_000, intervals: [1500] }).toBeLessThan(0.1);
    await part(ann, bob);
  });

  test('C3 a reload of either page returns to the call', async () => {
    const [ann, bob] = await meet('reload');
    for (const [who, page] of [
      ['bob', bob],
      ['ann', ann],
    ] as const) {
      await page.reload();
      await expectMoving(page, who === 'bob' ? 'ann' : 'bob');
      await expectMoving(page === bob ? ann : bob, who);
      await expectSound(page);
      await expect.poll(() => conditionOf(ann)).toBe('connected');
    }
    await part(ann, bob);
  });

  test('C3 both networks change at once: the picture goes on', async () => {
    const [ann, bob] = await meet('glare');
    const change = () => window.dispatchEvent(new Event('online'));
    await Promise.all([ann.evaluate(change), bob.evaluate(change)]);
    await expect.poll(() => hasSent(bob, 'offer:1.1')).toBe(true);
    // One of the two gives way and answers, be it that round or a new attempt.
    const answers = (page: Page) => page.evaluate(() => window.lab.sent.some((said) => /answer:(?!1\.0)/.test(said)));
    await expect.poll(async () => (await Promise.all([ann, bob].map(answers))).includes(true)).toBe(true);
    await expectMoving(ann, 'bob');
    await expectMoving(bob, 'ann');
    await expect.poll(() => conditionOf(ann)).toBe('connected');
    await part(ann, bob);
  });

  test('C3 the call goes on while the server is away, and can mend itself when it is back', async () => {
    const [ann, bob] = await meet('server-away');
    await expectMoving(ann, 'bob');
    await expectMoving(bob, 'ann');
    try {
      lab.setDown(true);
      await bob.evaluate(() => window.dispatchEvent(new Event('online')));
      // It tries to begin anew, and nobody hears it.
      await expect.poll(() => hasSent(bob, 'offer:1.1')).toBe(true);
      await expectMoving(ann, 'bob');
      await expectMoving(bob, 'ann');
      await expectSound(bob);
      await ann.evaluate(() => window.lab.transport.send(null, { kind: 'hello', version: 7 }));
      await expect
        .poll(() => bob.evaluate(() => window.lab.messages.filter((said) => said === 'ann:hello').length))
        .toBe(2);
    } finally {
      lab.setDown(false);
    }
    // The restart of ICE that could not be said is repeated, and answered.
    await expect.poll(() => hasSent(ann, 'answer:1.1'), { timeout: 20_000 }).toBe(true);
    await expectMoving(bob, 'ann');
    await part(ann, bob);
  });

  test('C3 who closes the page is missed at once, and the call is there again when they are back', async () => {
    const [ann, bob] = await meet('gone');
    await expectMoving(ann, 'bob');
    expect(await ann.evaluate(() => window.lab.openConnections())).toBe(2);
    await bob.goto('about:blank');
    await expect.poll(() => conditionOf(ann), { ...QUICK, timeout: 3000 }).toBe('reconnecting');
    await bob.goto(`${lab.origin}/?room=gone&who=bob&join=1`);
    await expectMoving(ann, 'bob');
    await expectMoving(bob, 'ann');
    expect(await ann.evaluate(() => window.lab.openConnections())).toBe(2);
    await ann.evaluate(() => window.lab.stop());
    expect(await ann.evaluate(() => window.lab.openConnections())).toBe(0);
    expect(await ann.evaluate(() => window.lab.devices.tracks.get())).toEqual({ audio: null, video: null });
    await part(ann, bob);
  });

  test('A1 somebody who looks in and goes leaves nothing behind, and the next one finds a parked offer again', async () => {
    const url = (who: string, more = '') => `${lab.origin}/?room=visitor&who=${who}${more}`;
    const ann = await openTab(browser, url('ann', '&join=1'));
    const parked = () => ann.evaluate(() => window.lab.parked());
    await expect.poll(parked, QUICK).toBeGreaterThan(0);
    const before = await parked();
    const visitor = await openTab(browser, url('bob'));
    await expect.poll(() => conditionOf(visitor), QUICK).toBe('connected');
    expect(await ann.evaluate(() => window.lab.transport.peers.get()[0]?.joined)).toBe(false);
    // Half a second of what Ann's camera takes, none of which is for who only looks in.
    await ann.evaluate(() => window.lab.takes(8));
    expect(await framesOf(visitor, 'ann')).toBe(0);
    await visitor.goto('about:blank');
    await expect.poll(parked, { ...QUICK, timeout: 10_000 }).toBeGreaterThan(before);
    expect(await ann.evaluate(() => window.lab.transport.peers.get())).toEqual([]);
    const cem = await openTab(browser, url('cem', '&join=1'));
    expect(await cem.evaluate(() => window.lab.parkedWith)).toBe('ann');
    await expectMoving(cem, 'ann');
    await expectMoving(ann, 'cem');
    await part(ann, visitor, cem);
  });

  test('A1 who waits while the server is started again is still found with a parked offer', async () => {
    const url = (who: string) => `${lab.origin}/?room=restarted&who=${who}&join=1`;
    const ann = await openTab(browser, url('ann'));
    const parked = () => ann.evaluate(() => window.lab.parked());
    await expect.poll(parked, QUICK).toBeGreaterThan(0);
    lab.setDown(true);
    await expect.poll(() => ann.evaluate(() => window.lab.hears())).toBe(false);
    const before = await parked();
    lab.setDown(false);
    await expect.poll(parked, QUICK).toBeGreaterThan(before);
    const bob = await openTab(browser, url('bob'));
    expect(await bob.evaluate(() => window.lab.parkedWith)).toBe('ann');
    await expectMoving(bob, 'ann');
    await expectMoving(ann, 'bob');
    await part(ann, bob);
  });

  test('A1 through a relay alone, with credentials of the shared secret', async () => {
    const coturn = await startCoturn('a secret for this test', 3491);
    const config = { iceServers: [], turn: { urls: [coturn.url], secret: 'a secret for this test', ttlSeconds: 60 } };
    const relayed = await startCallLab(iceServersFor(config, 'ann', Date.now()));
    try {
      const [ann, bob] = await meet('relay', relayed.origin, '&relay=1');
      await expectMoving(ann, 'bob');
      await expectMoving(bob, 'ann');
      const kinds = await bob.evaluate(() => window.lab.candidateTypes());
      expect(new Set(kinds)).toEqual(new Set(['relay']));
      await part(ann, bob);
    } finally {
      await relayed.close();
      await coturn.stop();
    }
  });
});
