import type { Size } from '#core/geometry/points.ts';
import { type Rotation, uprightSize, uprightToSensor } from '#core/geometry/spaces.ts';
import type { Area } from '#core/recording/layout.ts';

/*
 * Pictures as video has them: a plane of brightness, and two of colour at half the size. Cameras and decoders give these and
 * encoders take them, so a recording is put together without the detour over RGB that a canvas makes.
 */

/** Every `step`-th byte from `offset` on is a px, rows are `stride` apart. */
export interface Plane {
  readonly data: Uint8Array;
  readonly offset: number;
  readonly stride: number;
  readonly step: number;
}

/** A picture as it lies in memory; its size is that before it is turned upright. */
export interface Picture extends Size {
  readonly planes: readonly [Plane, Plane, Plane];
  readonly rotation: Rotation;
}

/** Px with their opacity, as a canvas gives them. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray | Uint8Array;
}

type Colour = readonly [number, number, number];

/** A picture of its own, of even size, with its planes one after the other (I420). */
export function createPicture({ width, height }: Size): Picture & { readonly data: Uint8Array<ArrayBuffer> } {
  const half = { width: width / 2, height: height / 2 };
  const data = new Uint8Array(width * height + 2 * half.width * half.height);
  return { data, ...pictureIn(data, { width, height }), rotation: 0 };
}

/** Bytes in I420 order as a picture. */
export function pictureIn(data: Uint8Array, { width, height }: Size): Picture {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const colour = width * height;
  return {
    width,
    height,
    rotation: 0,
    planes: [
      { data, offset: 0, stride: width, step: 1 },
      { data, offset: colour, stride: across, step: 1 },
      { data, offset: colour + across * down, stride: across, step: 1 },
    ],
  };
}

/** Fills a part with one colour. */
export function fill(onto: Picture, { x, y, width, height }: Area, colour: Colour): void {
  onto.planes.forEach(({ data, offset, stride }, nth) => {
    const small = nth === 0 ? 1 : 2;
    const from = offset + (y / small) * stride + x / small;
    for (let row = 0; row < height / small; row++) {
      data.fill(colour[nth] ?? 0, from + row * stride, from + row * stride + width / small);
    }
  });
}

/** Puts a part of the upright picture onto a part of another one, turned upright and in its size. */
export function place(onto: Picture, target: Area, picture: Picture, source: Area): void {
  const upright = uprightSize(picture, picture.rotation);
  const part = {
    left: source.x / upright.width,
    top: source.y / upright.height,
    width: source.width / upright.width,
    height: source.height / upright.height,
  };
  for (const nth of [0, 1, 2] as const) {
    const small = nth === 0 ? 1 : 2;
    const [from, to] = [picture.planes[nth], onto.planes[nth]];
    const lying = { width: Math.ceil(picture.width / small), height: Math.ceil(picture.height / small) };
    const [width, height] = [target.width / small, target.height / small];
    const begin = to.offset + (target.y / small) * to.stride + target.x / small;
    const whole = part.left === 0 && part.top === 0 && part.width === 1 && part.height === 1;
    if (whole && picture.rotation === 0 && from.step === 1 && lying.width === width && lying.height === height) {
      for (let row = 0; row < height; row++) {
        const at = from.offset + row * from.stride;
        to.data.set(from.data.subarray(at, at + width), begin + row * to.stride);
      }
      continue;
    }
    scale(from, lying, picture.rotation, part, to.data, begin, to.stride, { width, height });
  }
}

interface Part extends Size {
  readonly left: number;
  readonly top: number;
}

/** Where in memory the two px lie between which a line's or a column's px is taken, and the second one's share of 256. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Int32Array;
}

/** In each direction a px is mixed from two: its neighbours when enlarged, a quarter of its reach to either side when made smaller. */
function scale(
  from: Plane,
  lying: Size,
  rotation: Rotation,
  part: Part,
  to: Uint8Array,
  begin: number,
  stride: number,
  { width, height }: Size,
): void {
  // Turned by a quarter, a line of the upright picture is a column of the lying one. Either way its px is A[x] + B[y].
  const across = taps(width, (x) => uprightToSensor(rotation, part.left + ((x + 0.5) / width) * part.width, 0));
  const down = taps(height, (y) => uprightToSensor(rotation, 0, part.top + ((y + 0.5) / height) * part.height));
  const { data, offset } = from;
  for (let y = 0; y < height; y++) {
    const top = offset + (down.first[y] ?? 0);
    const bottom = offset + (down.second[y] ?? 0);
    const lower = down.share[y] ?? 0;
    const upper = 256 - lower;
    let at = begin + y * stride;
    for (let x = 0; x < width; x++) {
      const left = across.first[x] ?? 0;
      const right = across.second[x] ?? 0;
      const share = across.share[x] ?? 0;
      const above = (data[top + left] ?? 0) * (256 - share) + (data[top + right] ?? 0) * share;
      const below = (data[bottom + left] ?? 0) * (256 - share) + (data[bottom + right] ?? 0) * share;
      to[at++] = (above * upper + below * lower + 32_768) >> 16;
    }
  }

  function taps(many: number, placeOf: (nth: number) => readonly [number, number]): Taps {
    const [x0, y0] = placeOf(0);
    const [x1, y1] = placeOf(1);
    const isAcross = Math.abs(x1 - x0) > Math.abs(y1 - y0);
    const pxPerStep = isAcross ? Math.abs(x1 - x0) * lying.width : Math.abs(y1 - y0) * lying.height;
    const most = (isAcross ? lying.width : lying.height) - 1;
    const apart = isAcross ? from.step : from.stride;
    const all = { first: new Int32Array(many), second: new Int32Array(many), share: new Int32Array(many) };
    for (let nth = 0; nth < many; nth++) {
      const [px, py] = placeOf(nth);
      const middle = (isAcross ? px * lying.width : py * lying.height) - 0.5;
      const smaller = pxPerStep > 1.5;
      const first = smaller ? Math.round(middle - pxPerStep / 4) : Math.floor(middle);
      const second = smaller ? Math.ceil(middle + pxPerStep / 4 - 0.5) : first + 1;
      all.first[nth] = Math.min(most, Math.max(0, first)) * apart;
      all.second[nth] = Math.min(most, Math.max(0, second)) * apart;
      all.share[nth] = smaller ? 128 : Math.round((middle - first) * 256);
    }
    return all;
  }
}

/** Brightness and the two colours of a px in the narrow range of video by BT.601, as cameras and calls have it. */
const brightness = (r: number, g: number, b: number) => 16 + 0.2568 * r + 0.5041 * g + 0.0979 * b;
const blueness = (r: number, g: number, b: number) => 128 - 0.1482 * r - 0.291 * g + 0.4392 * b;
const redness = (r: number, g: number, b: number) => 128 + 0.4392 * r - 0.3678 * g - 0.0714 * b;

/** A colour of the page as video has it. */
export const colourOf = (r: number, g: number, b: number): Colour => [
  brightness(r, g, b),
  blueness(r, g, b),
  redness(r, g, b),
];

/** Puts px over a picture at a place with even coordinates; what would lie beside it is left out. */
export function blend(onto: Picture, { data, width, height }: Pixels, x: number, y: number): void {
  const [light, blue, red] = onto.planes;
  const right = Math.min(width, onto.width - x);
  const bottom = Math.min(height, onto.height - y);
  for (let row = 0; row < bottom; row++) {
    let at = row * width * 4;
    let to = light.offset + (y + row) * light.stride + x;
    for (let column = 0; column < right; column++, at += 4, to++) {
      const opacity = data[at + 3] ?? 0;
      if (opacity === 0) continue;
      const own = brightness(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
      const under = light.data[to] ?? 0;
      light.data[to] = under + ((own - under) * opacity) / 255 + 0.5;
    }
  }
  for (let row = 0; row < bottom; row += 2) {
    const to = ((y + row) / 2) * blue.stride + x / 2;
    for (let column = 0; column < right; column += 2)
      mix(row, column, blue.offset + to + column / 2, red.offset + to + column / 2);
  }

  /** The colour of four px together. */
  function mix(row: number, column: number, toBlue: number, toRed: number): void {
    let [r, g, b, all] = [0, 0, 0, 0];
    for (let nth = 0; nth < 4; nth++) {
      const [px, py] = [column + (nth & 1), row + (nth >> 1)];
      if (px >= width || py >= height) continue;
      const at = (py * width + px) * 4;
      const opacity = data[at + 3] ?? 0;
      r += (data[at] ?? 0) * opacity;
      g += (data[at + 1] ?? 0) * opacity;
      b += (data[at + 2] ?? 0) * opacity;
      all += opacity;
    }
    if (all === 0) return;
    const share = all / (4 * 255);
    const underBlue = blue.data[toBlue] ?? 128;
    const underRed = red.data[toRed] ?? 128;
    blue.data[toBlue] = underBlue + (blueness(r / all, g / all, b / all) - underBlue) * share + 0.5;
    red.data[toRed] = underRed + (redness(r / all, g / all, b / all) - underRed) * share + 0.5;
  }
}

/** Px as a picture of video; an odd last row or column is left out. */
export function pictureOf(pixels: Pixels): Picture {
  const size = { width: Math.max(2, pixels.width & ~1), height: Math.max(2, pixels.height & ~1) };
  const picture = createPicture(size);
  fill(picture, { x: 0, y: 0, ...size }, colourOf(0, 0, 0));
  blend(picture, pixels, 0, 0);
  return picture;
}
