import type { Page } from '@playwright/test';
import type { Person } from '../../e2e/harness/browsers.ts';
import type { Scene } from '../../e2e/harness/scene.ts';
import { watchStrokes } from './probe.ts';

/**
 * The floor under a stroke's way: two bare pages in the same two browsers with one channel that may lose messages. A
 * pointer event is sent at once, and what arrives is painted, a pixel, in the next display frame.
 */
export async function bareChannel({ product, expert, customer }: Scene): Promise<{ desk: Page; phone: Page }> {
  const [desk, phone] = [await bareTab(expert), await bareTab(customer)];
  for (const page of [desk, phone]) await page.goto(`${product.origin}/healthz`);
  const offer = await desk.evaluate(connect, null);
  const answer = await phone.evaluate(connect, offer);
  await desk.evaluate(accept, answer);
  return { desk, phone };
}

/** In a window of its own: of the tabs of one window only that in front has display frames. */
async function bareTab({ browser }: Person): Promise<Page> {
  const context = await browser.newContext({ permissions: ['camera', 'microphone'] });
  await context.addInitScript(watchStrokes);
  return context.newPage();
}

declare global {
  interface Window {
    bare: { readonly connection: RTCPeerConnection; readonly open: Promise<unknown> };
  }
}

/** Runs in both pages: makes an offer, or answers one; all candidates are in the description. */
async function connect(offer: string | null): Promise<string> {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('lossy', { negotiated: true, id: 1, ordered: false, maxRetransmits: 0 });
  const open = new Promise((resolve) => channel.addEventListener('open', resolve));
  window.bare = { connection, open };
  const canvas = document.body.appendChild(document.createElement('canvas'));
  const context = canvas.getContext('2d');
  addEventListener('pointermove', ({ clientX, clientY }) => channel.send(JSON.stringify([clientX, clientY])));
  channel.addEventListener('message', ({ data }) => {
    const [x = 0, y = 0]: number[] = JSON.parse(String(data));
    requestAnimationFrame(() => {
      context?.fillRect(x % 300, y % 150, 1, 1);
      window.strokeProbe.paintedAt = performance.timeOrigin + performance.now();
    });
  });
  const gathered = new Promise<void>((resolve) =>
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState === 'complete') resolve();
    }),
  );
  if (offer !== null) await connection.setRemoteDescription({ type: 'offer', sdp: offer });
  await connection.setLocalDescription();
  await gathered;
  return connection.localDescription?.sdp ?? '';
}

async function accept(answer: string): Promise<void> {
  await window.bare.connection.setRemoteDescription({ type: 'answer', sdp: answer });
  await window.bare.open;
}
