import { createRequire } from 'node:module';
import type { Contestant, Run } from './contestant.ts';
import { HEIGHT, WIDTH } from './space.ts';

/** The few calls of OpenCV.js that are used; its own typings are not part of the product's dependencies. */
interface Mat {
  readonly rows: number;
  readonly data: Uint8Array;
  readonly data32F: Float32Array;
  readonly data64F: Float64Array;
  empty(): boolean;
  copyTo(other: Mat): void;
  delete(): void;
}
interface KeyPoints {
  size(): number;
  get(i: number): { pt: { x: number; y: number } };
  delete(): void;
}
interface Match {
  readonly distance: number;
  readonly queryIdx: number;
  readonly trainIdx: number;
}
interface Deletable {
  delete(): void;
}
type Orb = Deletable & { detectAndCompute(image: Mat, mask: Mat, points: KeyPoints, descriptors: Mat): void };
interface Cv {
  Mat: {
    new (): Mat;
    new (rows: number, columns: number, type: number): Mat;
    zeros(rows: number, columns: number, type: number): Mat;
  };
  Size: new (width: number, height: number) => object;
  Scalar: new (v: number) => object;
  Point: new (x: number, y: number) => object;
  TermCriteria: new (type: number, count: number, epsilon: number) => object;
  ORB: new (count: number) => Orb;
  BFMatcher: new (
    norm: number,
    cross: boolean,
  ) => Deletable & { knnMatch(a: Mat, b: Mat, out: object, k: number): void };
  KeyPointVector: new () => KeyPoints;
  DMatchVectorVector: new () => {
    size(): number;
    get(i: number): { size(): number; get(k: number): Match; delete(): void };
    delete(): void;
  };
  matFromArray(rows: number, columns: number, type: number, data: ArrayLike<number>): Mat;
  fillConvexPoly(image: Mat, points: Mat, value: object): void;
  circle(image: Mat, centre: object, radius: number, value: object, width: number): void;
  goodFeaturesToTrack(
    image: Mat,
    out: Mat,
    most: number,
    level: number,
    apart: number,
    mask: Mat,
    block: number,
    harris: boolean,
    k: number,
  ): void;
  calcOpticalFlowPyrLK(
    a: Mat,
    b: Mat,
    from: Mat,
    to: Mat,
    status: Mat,
    error: Mat,
    window: object,
    levels: number,
    criteria: object,
    flags: number,
    least: number,
  ): void;
  findHomography(a: Mat, b: Mat, method: number, threshold: number, mask: Mat, rounds: number, confidence: number): Mat;
  readonly CV_8UC1: number;
  readonly CV_32SC2: number;
  readonly CV_32FC2: number;
  readonly NORM_HAMMING: number;
  readonly RANSAC: number;
  readonly TermCriteria_COUNT: number;
  readonly TermCriteria_EPS: number;
}

function isCv(v: unknown): v is Cv {
  return typeof v === 'object' && v !== null && 'Mat' in v && 'ORB' in v;
}

/** OpenCV.js when it is installed (dev dependency @techstark/opencv-js; OPENCV_JS names another place). In a box: the module has a `then` of its
 *  own, so it must never be what a promise resolves to. */
export async function loadCv(): Promise<{ readonly cv: Cv } | undefined> {
  const require = createRequire(import.meta.url);
  let loaded: unknown;
  try {
    loaded = require(process.env['OPENCV_JS'] ?? '@techstark/opencv-js');
  } catch {
    return undefined;
  }
  if (loaded instanceof Promise) return loaded.then((cv: unknown) => (isCv(cv) ? { cv } : undefined));
  await started(loaded);
  return isCv(loaded) ? { cv: loaded } : undefined;
}

/** Builds that load as a plain object call back when their functions are there. */
function started(loaded: unknown): Promise<void> {
  if (typeof loaded !== 'object' || loaded === null || isCv(loaded)) return Promise.resolve();
  return new Promise((resolve) => {
    Object.assign(loaded, { onRuntimeInitialized: () => resolve() });
  });
}

type Homography = ArrayLike<number>;
const at = (h: Homography, x: number, y: number): [number, number] => {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w];
};

/** What a competent engineer would write with OpenCV.js: Shi-Tomasi corners followed by pyramidal Lucas-Kanade with a check backwards, RANSAC
 *  homography from the anchor; ORB in the whole frame when lost; topped up with new corners of the region. */
class PlainKlt implements Run {
  private readonly cv: Cv;
  private readonly now: Mat;
  private readonly last: Mat;
  private readonly none: Mat;
  private readonly orb: Orb;
  private readonly matcher: InstanceType<Cv['BFMatcher']>;
  private readonly window: object;
  private readonly criteria: object;
  private quad: number[] = [];
  private area = 1;
  private corners: number[] = [];
  private keys: number[] = [];
  private descriptors: Mat | undefined;
  private pose: number[] | undefined;
  /** Followed points in the frame and in the anchor: x, y, x, y, ... */
  private points: number[] = [];
  private origins: number[] = [];

  constructor(cv: Cv) {
    this.cv = cv;
    this.now = new cv.Mat(HEIGHT, WIDTH, cv.CV_8UC1);
    this.last = new cv.Mat(HEIGHT, WIDTH, cv.CV_8UC1);
    this.none = new cv.Mat();
    this.orb = new cv.ORB(1000);
    this.matcher = new cv.BFMatcher(cv.NORM_HAMMING, false);
    this.window = new cv.Size(21, 21);
    this.criteria = new cv.TermCriteria(cv.TermCriteria_COUNT + cv.TermCriteria_EPS, 20, 0.03);
  }

  private mask(quad: readonly number[]): Mat {
    const { cv } = this;
    const mask = cv.Mat.zeros(HEIGHT, WIDTH, cv.CV_8UC1);
    const outline = cv.matFromArray(4, 1, cv.CV_32SC2, quad.map(Math.round));
    cv.fillConvexPoly(mask, outline, new cv.Scalar(255));
    outline.delete();
    return mask;
  }

  private find(image: Mat, mask: Mat, most: number): number[] {
    const out = new this.cv.Mat();
    this.cv.goodFeaturesToTrack(image, out, most, 0.01, 7, mask, 3, false, 0.04);
    const found = Array.from(out.data32F);
    out.delete();
    return found;
  }

  anchor = (gray: Uint8Array, quad: readonly number[]): void => {
    const { cv } = this;
    this.quad = [...quad];
    this.area = Math.abs(areaOf(this.quad));
    const image = cv.matFromArray(HEIGHT, WIDTH, cv.CV_8UC1, gray);
    const mask = this.mask(quad);
    const points = new cv.KeyPointVector();
    this.descriptors = new cv.Mat();
    const orb = new cv.ORB(800);
    orb.detectAndCompute(image, mask, points, this.descriptors);
    this.keys = coordinates(points);
    this.corners = this.find(image, mask, 250);
    for (const d of [image, mask, points, orb]) d.delete();
  };

  private fit(
    from: readonly number[],
    to: readonly number[],
    threshold: number,
  ): { pose: number[]; inliers: number[] } | undefined {
    const n = from.length / 2;
    if (n < 8) return undefined;
    const { cv } = this;
    const a = cv.matFromArray(n, 1, cv.CV_32FC2, from);
    const b = cv.matFromArray(n, 1, cv.CV_32FC2, to);
    const mask = new cv.Mat();
    const h = cv.findHomography(a, b, cv.RANSAC, threshold, mask, 2000, 0.995);
    const fit = h.empty() ? undefined : { pose: Array.from(h.data64F), inliers: indices(n, (i) => mask.data[i] !== 0) };
    for (const m of [a, b, mask, h]) m.delete();
    return fit && this.plausible(fit.pose) ? fit : undefined;
  }

  private plausible(h: Homography): boolean {
    const q = [0, 2, 4, 6].map((i) => at(h, this.quad[i]!, this.quad[i + 1]!));
    for (let i = 0; i < 4; i++) {
      const [a, b, c] = [q[i]!, q[(i + 1) % 4]!, q[(i + 2) % 4]!];
      if ((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) <= 0) return false;
    }
    const share = Math.abs(areaOf(q.flat())) / this.area;
    return share > 0.02 && share < 25;
  }

  private follow(): boolean {
    const { cv } = this;
    const n = this.points.length / 2;
    const from = cv.matFromArray(n, 1, cv.CV_32FC2, this.points);
    const [to, back, status, status2, error] = [new cv.Mat(), new cv.Mat(), new cv.Mat(), new cv.Mat(), new cv.Mat()];
    cv.calcOpticalFlowPyrLK(this.last, this.now, from, to, status, error, this.window, 3, this.criteria, 0, 1e-4);
    cv.calcOpticalFlowPyrLK(this.now, this.last, to, back, status2, error, this.window, 3, this.criteria, 0, 1e-4);
    const moved = Array.from(to.data32F);
    const good = indices(n, (i) => {
      const [x, y] = [moved[2 * i]!, moved[2 * i + 1]!];
      if (!status.data[i] || !status2.data[i] || x < 2 || y < 2 || x > WIDTH - 3 || y > HEIGHT - 3) return false;
      return (
        Math.hypot(back.data32F[2 * i]! - this.points[2 * i]!, back.data32F[2 * i + 1]! - this.points[2 * i + 1]!) <= 1
      );
    });
    for (const m of [from, to, back, status, status2, error]) m.delete();
    const origins = pick(this.origins, good);
    const places = pick(moved, good);
    const fit = this.fit(origins, places, 3);
    if (!fit || fit.inliers.length < 12 || fit.inliers.length < 0.35 * n) return false;
    this.pose = fit.pose;
    this.points = pick(places, fit.inliers);
    this.origins = pick(origins, fit.inliers);
    if (this.points.length < 200) this.topUp(fit.pose);
    return true;
  }

  private topUp(pose: Homography): void {
    const { cv } = this;
    const mask = this.mask([0, 2, 4, 6].flatMap((i) => at(pose, this.quad[i]!, this.quad[i + 1]!)));
    for (let i = 0; i < this.points.length; i += 2) {
      cv.circle(mask, new cv.Point(this.points[i]!, this.points[i + 1]!), 7, new cv.Scalar(0), -1);
    }
    const fresh = this.find(this.now, mask, 250 - this.points.length / 2);
    mask.delete();
    const back = inverted(pose);
    for (let i = 0; i < fresh.length; i += 2) {
      this.points.push(fresh[i]!, fresh[i + 1]!);
      this.origins.push(...at(back, fresh[i]!, fresh[i + 1]!));
    }
  }

  private search(): boolean {
    const { cv, descriptors } = this;
    const points = new cv.KeyPointVector();
    const found = new cv.Mat();
    this.orb.detectAndCompute(this.now, this.none, points, found);
    const [from, to]: [number[], number[]] = [[], []];
    if (found.rows > 10 && descriptors && descriptors.rows > 1) {
      const pairs = new cv.DMatchVectorVector();
      this.matcher.knnMatch(descriptors, found, pairs, 2);
      const places = coordinates(points);
      for (let i = 0; i < pairs.size(); i++) {
        const pair = pairs.get(i);
        if (pair.size() > 1 && pair.get(0).distance < 0.8 * pair.get(1).distance) {
          const { queryIdx: q, trainIdx: t } = pair.get(0);
          from.push(this.keys[2 * q]!, this.keys[2 * q + 1]!);
          to.push(places[2 * t]!, places[2 * t + 1]!);
        }
        pair.delete();
      }
      pairs.delete();
    }
    points.delete();
    found.delete();
    const fit = this.fit(from, to, 4);
    if (!fit || fit.inliers.length < 14) return false;
    this.pose = fit.pose;
    this.points = [];
    this.origins = [];
    for (let i = 0; i < this.corners.length; i += 2) {
      const [x, y] = at(fit.pose, this.corners[i]!, this.corners[i + 1]!);
      if (!(x > 8 && y > 8 && x < WIDTH - 9 && y < HEIGHT - 9)) continue;
      this.points.push(x, y);
      this.origins.push(this.corners[i]!, this.corners[i + 1]!);
    }
    return this.points.length >= 16;
  }

  process = (gray: Uint8Array): ((x: number, y: number) => readonly [number, number]) | undefined => {
    this.now.data.set(gray);
    const followed = this.pose !== undefined && this.points.length >= 16 && this.follow();
    if (!followed && !this.search()) this.pose = undefined;
    this.now.copyTo(this.last);
    const h = this.pose;
    return h && ((x, y) => at(h, x, y));
  };

  end = (): void => {
    for (const d of [this.now, this.last, this.none, this.orb, this.matcher, this.descriptors]) d?.delete();
  };
}

const indices = (n: number, keep: (i: number) => boolean): number[] =>
  Array.from({ length: n }, (_, i) => i).filter(keep);
const pick = (list: readonly number[], keep: readonly number[]): number[] =>
  keep.flatMap((i) => [list[2 * i]!, list[2 * i + 1]!]);
const coordinates = (k: KeyPoints): number[] =>
  indices(k.size(), () => true).flatMap((i) => [k.get(i).pt.x, k.get(i).pt.y]);

function areaOf(q: readonly number[]): number {
  return [0, 1, 2, 3].reduce((sum, i) => {
    const j = (i + 1) % 4;
    return sum + (q[2 * i]! * q[2 * j + 1]! - q[2 * j]! * q[2 * i + 1]!) / 2;
  }, 0);
}

function inverted(m: Homography): number[] {
  const [a, b, c, d, e, f, g, h, i] = Array.from(m) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** The peer. */
export function plainKlt(cv: Cv): Contestant {
  return { name: 'OpenCV.js KLT', make: async () => new PlainKlt(cv) };
}
