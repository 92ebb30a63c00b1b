import type { Corner } from './stage.ts';
import type { BrowserStorage } from './tab.ts';

const KEY = 'sightglass.corner';
const corners: readonly Corner[] = ['top-left', 'top-right', 'bottom-left', 'bottom-right'];

/** The corner in which this device's person wants the small picture. */
export function readCorner(kept: BrowserStorage): Corner {
  const read = kept.getItem(KEY);
  return corners.find((one) => one === read) ?? 'top-right';
}

/** Keeps it for the next session. */
export function writeCorner(kept: BrowserStorage, corner: Corner): void {
  kept.setItem(KEY, corner);
}
