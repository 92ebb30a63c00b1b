import { describe, expect, it } from 'vitest';
import { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { framePoint } from '#core/geometry/points.ts';
import { applyHomography } from '#core/geometry/spaces.ts';
import { framePoint as inFrame, type Quad, type TrackResult, type TrackState } from '#tracker/index.ts';
import { createScene, type PlaneTracker } from './scene.ts';
import type { Poor, Wanted } from './tracking.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const pictureId = PictureId.parse(id(1));
const size = { width: 640, height: 360 };
const gray = new Uint8Array(640 * 360);
const picture = { gray, ...size };
const mark = (n: number, x: number, y: number, onTheWay = false): Wanted => ({
  id: DrawingId.parse(id(n)),
  pictureId,
  shape: { tool: 'mark', at: framePoint(x, y), number: 1 },
  onTheWay,
});

/** A tracker that finds everything 10 px to the right and 20 px down, or says what it is told to say. */
function fakeTracker() {
  const anchors = new Map<number, Quad>();
  let next = 0;
  const says = new Map<number, TrackState>();
  const fake = { anchors, says, poor: false, suggests: null as Quad | null, added: 0, disposed: 0 };
  const tracker: PlaneTracker = {
    addAnchor(_picture, where) {
      if (!('quad' in where)) throw new Error('a quad is expected');
      anchors.set(++next, where.quad);
      fake.added++;
      const isPoor = fake.poor && where.quad !== fake.suggests;
      return {
        ok: true,
        id: next,
        region: where.quad,
        quality: isPoor ? 'poor' : 'good',
        ...(isPoor && fake.suggests !== null ? { suggested: fake.suggests } : {}),
      };
    },
    removeAnchor: (number) => anchors.delete(number),
    process: () =>
      [...anchors.keys()].map((number): TrackResult => {
        const state = says.get(number) ?? 'tracking';
        if (state === 'lost' || state === 'ambiguous') return { id: number, state, lastSeen: undefined };
        const pose = [1, 0, 10, 0, 1, 20, 0, 0, 1] as const;
        const map = ({ x, y }: { x: number; y: number }) => inFrame(x + 10, y + 20);
        return { id: number, state, pose, confidence: 1, visible: 1, planes: 1, map };
      }),
    dispose() {
      fake.disposed++;
      anchors.clear();
    },
  };
  return { fake, tracker };
}

function setUp() {
  const { fake, tracker } = fakeTracker();
  const poor: Poor[] = [];
  const scene = createScene(
    () => tracker,
    (one) => poor.push(one),
  );
  scene.learn(pictureId, picture);
  return { fake, scene, poor };
}

describe('scene', () => {
  it('says where a drawing is, in parts of the frame, by its places and by its pose', () => {
    const { scene } = setUp();
    scene.want([mark(2, 0.5, 0.5)]);
    const [found] = scene.process(picture, 0);
    expect(found?.sight).toBe('tracking');
    expect(found?.places?.[0]).toBeCloseTo(0.5 + 10 / 640, 5);
    expect(found?.places?.[1]).toBeCloseTo(0.5 + 20 / 360, 5);
    const posed = applyHomography(found?.pose ?? [], [0.5, 0.5]);
    expect(posed[0]).toBeCloseTo(0.5 + 10 / 640, 5);
    expect(posed[1]).toBeCloseTo(0.5 + 20 / 360, 5);
  });

  it('looks for neighbours together and for others apart', () => {
    const { fake, scene } = setUp();
    scene.want([mark(2, 0.2, 0.2), mark(3, 0.24, 0.22), mark(4, 0.8, 0.8)]);
    scene.process(picture, 0);
    expect(fake.anchors.size).toBe(2);
  });

  it('searches while the picture has not come, and shows nothing when it is lost or one of two', () => {
    const { fake, scene } = setUp();
    scene.want([{ ...mark(2, 0.5, 0.5), pictureId: PictureId.parse(id(9)) }, mark(3, 0.5, 0.5)]);
    fake.says.set(1, 'ambiguous');
    expect(scene.process(picture, 0).map(({ sight, places }) => [sight, places])).toEqual([
      ['searching', null],
      ['ambiguous', null],
    ]);
    fake.says.set(1, 'lost');
    expect(scene.process(picture, 33)[1]).toMatchObject({ sight: 'lost', places: null, pose: null });
  });

  it('shows a drawing by its old surroundings until the new ones are found', () => {
    const { fake, scene } = setUp();
    scene.want([mark(2, 0.5, 0.5)]);
    scene.process(picture, 0);
    scene.want([mark(2, 0.5, 0.5), mark(3, 0.52, 0.5)]);
    fake.says.set(2, 'lost');
    expect(scene.process(picture, 33).map(({ sight }) => sight)).toEqual(['tracking', 'lost']);
    expect(fake.anchors.size).toBe(2);
    fake.says.set(2, 'tracking');
    expect(scene.process(picture, 66).map(({ sight }) => sight)).toEqual(['tracking', 'tracking']);
    expect([...fake.anchors.keys()]).toEqual([2]);
  });

  it('gives up old surroundings after a while, and at once what is not wanted', () => {
    const { fake, scene } = setUp();
    scene.want([mark(2, 0.5, 0.5)]);
    scene.process(picture, 0);
    scene.want([mark(2, 0.5, 0.5), mark(3, 0.52, 0.5)]);
    fake.says.set(2, 'lost');
    scene.process(picture, 33);
    expect(scene.process(picture, 1_600).map(({ sight }) => sight)).toEqual(['tracking', 'lost']);
    expect(scene.process(picture, 1_633).map(({ sight }) => sight)).toEqual(['lost', 'lost']);
    scene.want([]);
    scene.process(picture, 1_666);
    expect(fake.anchors.size).toBe(0);
  });

  it('follows the surroundings of a stroke on its way, then those of the finished one', () => {
    const { fake, scene } = setUp();
    scene.want([mark(2, 0.5, 0.5, true)]);
    const [underWay] = scene.process(picture, 0);
    expect([underWay?.places, underWay?.pose?.length]).toEqual([null, 9]);
    scene.want([mark(2, 0.5, 0.5)]);
    expect(scene.process(picture, 33)[0]?.places).toHaveLength(2);
    expect(fake.anchors.size).toBe(1);
  });

  it('widens a poor place, and tells of one that stays poor', () => {
    const { fake, scene, poor } = setUp();
    fake.poor = true;
    fake.suggests = [0, 0, 600, 0, 600, 300, 0, 300];
    scene.want([mark(2, 0.5, 0.5)]);
    scene.process(picture, 0);
    expect([...fake.anchors.values()]).toEqual([fake.suggests]);
    expect(poor).toEqual([{ id: id(2), widened: true }]);
    fake.suggests = null;
    scene.want([mark(2, 0.5, 0.5), mark(3, 0.1, 0.9)]);
    scene.process(picture, 33);
    expect(poor.slice(1)).toEqual([{ id: id(3), widened: false }]);
  });

  it('looks for everything anew when the frames have another size', () => {
    const { fake, scene } = setUp();
    scene.want([mark(2, 0.5, 0.5)]);
    scene.process(picture, 0);
    const turned = { gray, width: 360, height: 640 };
    expect(scene.process(turned, 33)[0]?.sight).toBe('tracking');
    expect([fake.disposed, fake.anchors.size]).toEqual([1, 1]);
  });
});
