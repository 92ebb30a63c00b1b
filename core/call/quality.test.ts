import { describe, expect, it } from 'vitest';
import { addSamples, noCounts, nothingMeasured, qualityOf, type Sample } from './quality.ts';

const video = (part: Partial<Sample>): Sample => ({ ...noCounts, key: 'jon video', shouldMove: true, ...part });
const measure = (...samples: readonly Sample[]) =>
  samples.reduce((measured, sample) => addSamples(measured, [sample], 5), nothingMeasured);

describe('A9 the quality of a call as a page measures it', () => {
  it('says nothing before anything is known', () => {
    expect(qualityOf(nothingMeasured)).toBeNull();
    expect(qualityOf(measure(video({ frames: 10 })))).toBeNull();
  });

  it('has the median of the round trips and the share that was lost both ways', () => {
    const measured = measure(
      video({ roundTripMs: 20, received: 90, lost: 10, sent: 100, lostThere: 0 }),
      video({ roundTripMs: 900, received: 180, lost: 20, sent: 200, lostThere: 20 }),
      video({ roundTripMs: 30, received: 270, lost: 30, sent: 300, lostThere: 20 }),
    );
    expect(qualityOf(measured)).toMatchObject({ seconds: 15, roundTripMs: 30 });
    expect(qualityOf(measured)?.lossShare).toBeCloseTo(50 / 600);
  });

  it('takes back what was taken for lost and still arrived, and begins anew with a new connection', () => {
    const measured = measure(
      video({ roundTripMs: 20, received: 90, lost: 10 }),
      video({ received: 200, lost: 5 }),
      video({}),
      video({ received: 40, lost: 10 }),
    );
    expect(measured).toMatchObject({ expected: 100 + 110 + 0 + 50, lost: 20 });
  });

  it('counts seconds in which a picture stood still that should have moved', () => {
    const frozen = (...samples: readonly Sample[]) => measure(...samples).frozenSeconds;
    expect(frozen(video({ frames: 10 }), video({ frames: 60 }), video({ frames: 110, frozenSeconds: 2 }))).toBe(2);
    expect(frozen(video({ frames: 10 }), video({ frames: 10 }))).toBe(5);
    // Nothing is connected.
    expect(frozen(video({ frames: 10 }), video({}))).toBe(5);
    // The camera was off.
    const off = video({ frames: 10, shouldMove: false });
    expect(frozen(video({ frames: 10 }), off, off, video({ frames: 40, frozenSeconds: 14 }))).toBe(0);
    expect(frozen(off, video({ frames: 20 }), video({ frames: 40, frozenSeconds: 14 }))).toBe(0);
  });
});
