import { type Browser, chromium } from '@playwright/test';
import { openNetwork } from '../lab/network.ts';
import { startUntil, stop } from '../lab/process.ts';
import { startProduct } from '../lab/product.ts';
import { gather, launchFlags } from './people.ts';

const executable = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ports = { http: 8180, https: 8543, yardstick: 8544 };

/** The product and the naive bare page in one network, and the browsers of two people far from each other. */
export interface JoinLab {
  readonly browsers: { readonly a: Browser; readonly b: Browser };
  /** Where the product is. */
  readonly base: string;
  /** Where the naive bare page is. */
  readonly yardstick: string;
  readonly people: Awaited<ReturnType<typeof gather>>;
}

/** Builds it over a network with this round trip, measures in it, and takes it away. */
export async function inJoinLab(rttMs: number, measure: (lab: JoinLab) => Promise<void>): Promise<void> {
  const network = await openNetwork(rttMs);
  try {
    const product = await startProduct(ports, (...command) => network.on('s', ...command));
    const yardstickServer = new URL('../yardstick/server.ts', import.meta.url).pathname;
    const { key, cert } = product.certificate;
    const yardstick = await startUntil(
      network.on('s', process.execPath, yardstickServer, String(ports.yardstick), key, cert),
      {},
      /ready/,
    );
    const launch = async (host: 'a' | 'b') =>
      chromium.launch({ executablePath: await network.browserOn(host, executable), args: launchFlags });
    const browsers = { a: await launch('a'), b: await launch('b') };
    const at = (port: number) => `https://${network.address.s}:${port}`;
    try {
      const base = at(ports.https);
      await measure({ browsers, base, yardstick: at(ports.yardstick), people: await gather(browsers, base) });
    } finally {
      await browsers.a.close();
      await browsers.b.close();
      await stop(yardstick.process);
      await product.close();
    }
  } finally {
    await network.close();
  }
}
