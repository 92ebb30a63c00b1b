import { describe, expect, it } from 'vitest';
import { framePoint, screenPoint } from './points.ts';
import {
  anchorToParts,
  applyHomography,
  frameToAnchor,
  frameToScreen,
  homographyInParts,
  pictureOnScreen,
  rotationOf,
  screenToFrame,
  trackingSize,
  uprightSize,
  uprightToSensor,
  type View,
} from './spaces.ts';

/** A repeatable source of numbers in [0, 1): the properties below are tried on a thousand of them. */
function numbers(seed: number): () => number {
  let at = seed;
  return () => {
    at = (Math.imul(at, 1_664_525) + 1_013_904_223) >>> 0;
    return at / 2 ** 32;
  };
}

const anyView = (next: () => number): View => ({
  element: { width: 100 + Math.floor(next() * 1800), height: 100 + Math.floor(next() * 1200) },
  picture: { width: 160 + Math.floor(next() * 1800), height: 120 + Math.floor(next() * 1200) },
  fit: next() < 0.5 ? 'contain' : 'cover',
  mirrored: next() < 0.5,
});

describe('spaces', () => {
  it('come back from the glass to where they were in the frame', () => {
    const next = numbers(7);
    for (let i = 0; i < 1000; i++) {
      const view = anyView(next);
      const at = framePoint(next(), next());
      const [x, y] = screenToFrame(view, frameToScreen(view, at));
      expect(Math.hypot(x - at[0], y - at[1])).toBeLessThan(2e-4);
    }
  });

  it('mirror left and right on the glass only', () => {
    const next = numbers(8);
    for (let i = 0; i < 1000; i++) {
      const view = anyView(next);
      const at = framePoint(next(), next());
      const plain = frameToScreen({ ...view, mirrored: false }, at);
      const mirrored = frameToScreen({ ...view, mirrored: true }, at);
      expect(plain[0] + mirrored[0]).toBeCloseTo(view.element.width, 6);
      expect(plain[1]).toBeCloseTo(mirrored[1], 6);
    }
  });

  it('put the whole picture inside with contain, over the whole element with cover, undistorted and centred', () => {
    const next = numbers(9);
    for (let i = 0; i < 1000; i++) {
      const view = anyView(next);
      const { left, top, right, bottom } = pictureOnScreen(view);
      const { element, picture } = view;
      expect((right - left) / (bottom - top)).toBeCloseTo(picture.width / picture.height, 6);
      expect(left + right).toBeCloseTo(element.width, 6);
      expect(top + bottom).toBeCloseTo(element.height, 6);
      const inside = view.fit === 'contain' ? 1 : -1;
      expect(inside * left).toBeGreaterThan(-1e-6);
      expect(inside * top).toBeGreaterThan(-1e-6);
      expect(Math.min(Math.abs(left), Math.abs(top))).toBeLessThan(1e-6);
    }
  });

  it('hold a point on the glass to what the contract lets a stroke be over the edge', () => {
    const view: View = {
      element: { width: 1000, height: 200 },
      picture: { width: 100, height: 100 },
      fit: 'contain',
      mirrored: false,
    };
    expect(screenToFrame(view, screenPoint(-1e9, Number.NaN))).toEqual([-0.5, 0]);
    expect(screenToFrame(view, screenPoint(1e9, 1e9))).toEqual([1.5, 1.5]);
  });

  it('change between parts and px of the tracker, there and back', () => {
    const next = numbers(10);
    for (let i = 0; i < 1000; i++) {
      const size = { width: 64 + Math.floor(next() * 600), height: 64 + Math.floor(next() * 600) };
      const at = framePoint(next(), next());
      const [x, y] = anchorToParts(size, frameToAnchor(size, at));
      expect(x).toBeCloseTo(at[0], 9);
      expect(y).toBeCloseTo(at[1], 9);
    }
  });

  it('tell a homography of px in parts', () => {
    const next = numbers(12);
    const from = { width: 640, height: 360 };
    const to = { width: 360, height: 640 };
    for (let i = 0; i < 200; i++) {
      const px = [
        1 + next(),
        next() - 0.5,
        40 * next(),
        next() - 0.5,
        1 + next(),
        30 * next(),
        next() / 4000,
        next() / 4000,
        1,
      ];
      const at = framePoint(next(), next());
      const truth = applyHomography(px, frameToAnchor(from, at));
      const told = applyHomography(homographyInParts(px, from, to), at);
      expect(told[0] * to.width - 0.5).toBeCloseTo(truth[0], 2);
      expect(told[1] * to.height - 0.5).toBeCloseTo(truth[1], 2);
    }
  });

  it('stand a turned picture upright', () => {
    // A sensor turned by 90 degrees: what it delivers at its lower left corner is the upright picture's upper left one.
    expect(uprightToSensor(90, 0, 0)).toEqual([0, 1]);
    expect(uprightToSensor(180, 0, 0)).toEqual([1, 1]);
    expect(uprightToSensor(270, 0, 0)).toEqual([1, 0]);
    expect(uprightSize({ width: 1280, height: 720 }, 90)).toEqual({ width: 720, height: 1280 });
    const next = numbers(11);
    for (let i = 0; i < 200; i++) {
      const [x, y] = [next(), next()];
      const once = uprightToSensor(90, x, y);
      const twice = uprightToSensor(90, once[0], once[1]);
      const half = uprightToSensor(180, x, y);
      expect(twice[0]).toBeCloseTo(half[0], 12);
      expect(twice[1]).toBeCloseTo(half[1], 12);
      const back = uprightToSensor(270, once[0], once[1]);
      expect(back[0]).toBeCloseTo(x, 12);
      expect(back[1]).toBeCloseTo(y, 12);
    }
    expect([undefined, 0, 90, -90, 180, 270, 450].map(rotationOf)).toEqual([0, 0, 90, 270, 180, 270, 90]);
  });

  it('track at 640 px, in the picture’s shape, never enlarged', () => {
    expect(trackingSize({ width: 1280, height: 720 }, 640)).toEqual({ width: 640, height: 360 });
    expect(trackingSize({ width: 720, height: 1280 }, 640)).toEqual({ width: 360, height: 640 });
    expect(trackingSize({ width: 320, height: 180 }, 640)).toEqual({ width: 320, height: 180 });
    expect(trackingSize({ width: 1024, height: 768 }, 640)).toEqual({ width: 640, height: 480 });
  });
});
