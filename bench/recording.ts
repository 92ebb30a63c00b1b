import { loadavg } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { changePolicies, defaultPolicies } from '#contract/access/policies.ts';
import { linkRecording, listSessionRecordings } from '#contract/recording/http.ts';
import { askAs } from '../e2e/harness/api.ts';
import { factsOf } from '../e2e/harness/recorded-file.ts';
import { meet, type Scene, setScene } from '../e2e/harness/scene.ts';
import { preparePages } from '../scripts/prepare/pages.mjs';
import { cpuMs } from './lab/process.ts';
import { median, printTable, ratio, spread } from './statistics.ts';

const SETTLE_MS = 4_000;
const SPAN_MS = 12_000;
/** The product's own recorder: H.264 of this rate, in pieces of a second. */
const YARDSTICK = { bitsPerSecond: 2_500_000, framesPerSecond: 30, mime: 'video/mp4;codecs=avc1,opus' } as const;

interface Span {
  /** Of one core, %. */
  readonly share: number;
  /** Pictures per second in the file. */
  readonly recorded: number;
  /** Pictures per second that the page's call decodes meanwhile. */
  readonly shown: number;
}

/**
 * (g) of the bench: processor of the recording browser, all its processes, in a call alone, while the product records, and while
 * the same call is recorded the plain way (canvas, captureStream, MediaRecorder). `--rounds=3`
 */
export async function benchRecording(words: readonly string[]): Promise<void> {
  const rounds = Number(words.find((word) => word.startsWith('--rounds='))?.slice(9) ?? 3);
  await preparePages(process.execPath);
  const scene = await setScene({ sharp: true });
  try {
    const { origin } = scene.product;
    // Nobody is asked: the consent is not what is measured.
    const policies = { ...defaultPolicies, recording: { ...defaultPolicies.recording, consent: false } };
    await askAs(scene.expert.context, origin, changePolicies, { body: { policies } });
    const { sessionId } = await scene.newSession('Measured');
    const { desk } = await meet(scene, sessionId);
    await desk.getByRole('button', { name: 'Record the session' }).first().waitFor();
    await desk.getByLabel('Picture of Rafael Costa').waitFor();
    // The call itself needs some seconds to its full size.
    await wait(10_000);
    const alone: Span[] = [];
    const ours: Span[] = [];
    const plain: Span[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await wait(SETTLE_MS);
      alone.push(await watched(scene.expert.browser, desk));
      ours.push(await recordedByUs(scene, desk, sessionId));
      await wait(SETTLE_MS);
      plain.push(await recordedPlainly(scene.expert.browser, desk));
    }
    report(alone, ours, plain);
  } finally {
    await scene.end();
  }
}

async function recordedByUs(scene: Scene, desk: Page, sessionId: string): Promise<Span> {
  const { origin } = scene.product;
  const { context, browser } = scene.expert;
  const read = async () =>
    (await askAs(context, origin, listSessionRecordings, { params: { sessionId } })).recordings.toSorted((one, other) =>
      other.startedAt.localeCompare(one.startedAt),
    )[0];
  await desk.getByRole('button', { name: 'Record the session' }).first().click();
  for (let one = await read(); one?.state !== 'recording'; one = await read()) await wait(200);
  await wait(SETTLE_MS);
  const span = await watched(browser, desk);
  await desk.getByRole('button', { name: 'Stop the recording' }).first().click();
  let one = await read();
  for (; one?.state !== 'ready'; one = await read()) {
    if (one?.state === 'failed') throw new Error('the recording has failed');
    await wait(300);
  }
  const { watch } = await askAs(context, origin, linkRecording, { params: { recordingId: one.id } });
  const { times, seconds } = await factsOf(await (await context.request.get(new URL(watch, origin).href)).body());
  return { ...span, recorded: times.length / seconds };
}

declare global {
  interface Window {
    plainly: { stop(): Promise<string> };
  }
}

async function recordedPlainly(browser: Browser, desk: Page): Promise<Span> {
  await desk.evaluate(recordPlainly, YARDSTICK);
  await wait(SETTLE_MS);
  const span = await watched(browser, desk);
  const base64 = await desk.evaluate(() => window.plainly.stop());
  const { times, seconds } = await factsOf(Buffer.from(base64, 'base64'));
  return { ...span, recorded: times.length / seconds };
}

/** Runs in the page: what a page does that knows nothing better. Same size, same pictures, same voices, a drawing's stroke as well. */
function recordPlainly({ bitsPerSecond, framesPerSecond, mime }: typeof YARDSTICK): void {
  const canvas = Object.assign(document.createElement('canvas'), { width: 1280, height: 720 });
  const context = canvas.getContext('2d', { alpha: false });
  const videos = [...document.querySelectorAll('main video')].filter((one) => one instanceof HTMLVideoElement);
  const big = videos.toSorted((one, other) => other.clientWidth - one.clientWidth)[0];
  const small = videos.find((one) => one !== big);
  if (context === null || big === undefined || small === undefined) throw new Error('no pictures to record');
  const timer = setInterval(() => {
    context.drawImage(big, 0, 0, 1280, 720);
    context.drawImage(small, 1008, 560, 256, 144);
    context.font = '600 14px system-ui';
    context.fillStyle = '#ffffff';
    context.fillText('Nora Lind', 1020, 690);
    context.fillText('Rafael Costa', 16, 704);
  }, 1000 / framesPerSecond);
  const audio = new AudioContext();
  const mix = audio.createMediaStreamDestination();
  for (const element of [...window.probe.played, ...videos]) {
    if (!(element.srcObject instanceof MediaStream)) continue;
    const tracks = element.srcObject.getAudioTracks();
    if (tracks.length > 0) audio.createMediaStreamSource(new MediaStream(tracks)).connect(mix);
  }
  const stream = canvas.captureStream(framesPerSecond);
  for (const track of mix.stream.getAudioTracks()) stream.addTrack(track);
  const options = { mimeType: mime, videoBitsPerSecond: bitsPerSecond, videoKeyFrameIntervalDuration: 1000 };
  const recorder = new MediaRecorder(stream, options);
  const pieces: Blob[] = [];
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data));
  recorder.start(1000);
  window.plainly = {
    stop: () =>
      new Promise((resolve) => {
        recorder.addEventListener('stop', () => {
          clearInterval(timer);
          void audio.close();
          const reader = new FileReader();
          reader.addEventListener('load', () => resolve(String(reader.result).split(',')[1] ?? ''));
          reader.readAsDataURL(new Blob(pieces));
        });
        recorder.stop();
      }),
  };
}

/** What all processes of the browser take over a span. */
async function watched(browser: Browser, desk: Page): Promise<Span> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  const cpu = () => processInfo.reduce((sum, { id }) => sum + cpuMs(id), 0);
  const framesBefore = await decoded(desk);
  const before = cpu();
  const begun = performance.now();
  await wait(SPAN_MS);
  const took = performance.now() - begun;
  const share = (100 * (cpu() - before)) / took;
  return { share, recorded: Number.NaN, shown: (((await decoded(desk)) - framesBefore) / took) * 1000 };
}

const decoded = (page: Page) =>
  page.evaluate(async () => {
    let frames = 0;
    for (const connection of window.probe.connections)
      for (const one of (await connection.getStats()).values())
        if (one.type === 'inbound-rtp') frames += one.framesDecoded ?? 0;
    return frames;
  });

function report(alone: readonly Span[], ours: readonly Span[], plain: readonly Span[]): void {
  const of = (spans: readonly Span[], one: keyof Span) => spans.map((span) => span[one]);
  /** Over the call alone, in the same round. */
  const surplus = (spans: readonly Span[]) => spans.map(({ share }, nth) => share - (alone[nth]?.share ?? Number.NaN));
  const row = (name: string, spans: readonly Span[], recorded: string) => [
    name,
    spread(of(spans, 'share'), 1),
    spans === alone ? '' : spread(surplus(spans), 1),
    spans === alone ? '' : ratio(surplus(spans), surplus(plain)),
    recorded,
    spread(of(spans, 'shown'), 1),
  ];
  console.log(`\nrecording, processor of the recording browser over ${SPAN_MS / 1000} s, median [min..max]`);
  printTable(
    ['what', '% of one core', 'over the call alone', 'of the plain way', 'pictures/s in the file', 'decoded/s'],
    [
      row('call alone', alone, ''),
      row('canvas and MediaRecorder', plain, spread(of(plain, 'recorded'), 1)),
      row('Sightglass', ours, spread(of(ours, 'recorded'), 1)),
      ['aim', '', '', '0.70 x', '25.0', ''],
    ],
  );
  const perPicture = (spans: readonly Span[]) => median(surplus(spans)) / median(of(spans, 'recorded'));
  console.log(`for as many pictures: ${(perPicture(ours) / perPicture(plain)).toFixed(2)} x of the plain way`);
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
}
