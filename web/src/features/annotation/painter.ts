import { getStroke } from 'perfect-freehand';
import type { Colour, Shape, Style, Width } from '#contract/annotation/drawing.ts';
import type { ScreenPoint, Size } from '#core/geometry/points.ts';
import { pictureOnScreen, type View } from '#core/geometry/spaces.ts';

/** A drawing as it is to be painted now. */
export interface Painted {
  readonly shape: Shape;
  readonly style: Style;
  /** Its outline (core/annotation/outline.ts) on the glass, CSS px. */
  readonly places: readonly ScreenPoint[];
  readonly opacity: number;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Each colour with the edge that parts it from any background. */
const inks: Readonly<Record<Colour, { readonly fill: string; readonly edge: string }>> = {
  yellow: { fill: '#ffd43b', edge: 'rgb(0 0 0 / 75%)' },
  red: { fill: '#fa3e3e', edge: 'rgb(255 255 255 / 90%)' },
  green: { fill: '#40c057', edge: 'rgb(0 0 0 / 75%)' },
  blue: { fill: '#228be6', edge: 'rgb(255 255 255 / 90%)' },
  white: { fill: '#ffffff', edge: 'rgb(0 0 0 / 80%)' },
  black: { fill: '#111417', edge: 'rgb(255 255 255 / 90%)' },
};

/** What a colour looks like, for a button that chooses it. */
export const inkOf = (colour: Colour): string => inks[colour].fill;

/** CSS px on a picture of ordinary size; see `scaleOf`. */
const lineWidths: Readonly<Record<Width, number>> = { thin: 3, medium: 5, thick: 9 };
const textSizes: Readonly<Record<Width, number>> = { thin: 15, medium: 19, thick: 26 };
const EDGE = 1.75;
const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** Lines are thicker on a large screen and thinner in a thumbnail, but never with the thing: marks stay readable. */
export const scaleOf = ({ width, height }: Size): number => Math.min(1.6, Math.max(0.3, Math.min(width, height) / 480));

/** Half the size of what stands at a single place, CSS px; 0 for lines. */
export function aroundOf({ tool }: Shape, { width }: Style, scale: number): number {
  if (tool === 'mark') return markRadius(width, scale);
  return tool === 'text' ? textSizes[width] * scale : 0;
}

/** Lets nothing be painted beside the picture: what lies out of view is not shown. */
export function clipToPicture(context: Context, view: View): void {
  const { left, top, right, bottom } = pictureOnScreen(view);
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
}

/** Paints one drawing. The context is in CSS px. */
export function paintDrawing(context: Context, { shape, style, places, opacity }: Painted, scale: number): void {
  const [first] = places;
  if (first === undefined || opacity <= 0) return;
  context.save();
  context.globalAlpha = opacity;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  const { fill, edge } = inks[style.colour];
  const width = lineWidths[style.width] * scale;
  switch (shape.tool) {
    case 'pen':
      paintPen(context, places, width, style.colour);
      break;
    case 'arrow':
      paintArrow(context, places, width, style.colour);
      break;
    case 'rectangle':
    case 'ellipse':
      twice(context, linePath(places, true), width, style.colour);
      break;
    case 'text':
      paintText(context, shape.text, first, textSizes[style.width] * scale, { fill, edge });
      break;
    case 'mark':
      paintMark(context, shape.number, first, markRadius(style.width, scale), style.colour);
      break;
  }
  context.restore();
}

/** Paints where somebody points, with their name. */
export function paintPointer(
  context: Context,
  [x, y]: ScreenPoint,
  name: string,
  opacity: number,
  scale: number,
): void {
  context.save();
  context.globalAlpha = opacity;
  const ring = new Path2D();
  ring.arc(x, y, 11 * scale, 0, 2 * Math.PI);
  context.lineWidth = 6 * scale;
  context.strokeStyle = 'rgb(0 0 0 / 70%)';
  context.stroke(ring);
  context.lineWidth = 3 * scale;
  context.strokeStyle = '#3bc9db';
  context.stroke(ring);
  const dot = new Path2D();
  dot.arc(x, y, 3.5 * scale, 0, 2 * Math.PI);
  context.fillStyle = '#3bc9db';
  context.fill(dot);
  paintText(context, name, [x + 18 * scale, y] as const, 14 * scale, { fill: '#ffffff', edge: 'rgb(0 0 0 / 80%)' });
  context.restore();
}

/** A freehand line: its outline filled, after the same outline a little wider in the edge's colour. */
function paintPen(context: Context, places: readonly ScreenPoint[], width: number, colour: Colour): void {
  // Even pressure: the line must look the same while it grows and after its points were thinned out.
  const outline = getStroke(
    places.map(([x, y]) => [x, y]),
    { size: width, thinning: 0, smoothing: 0.5, streamline: 0, simulatePressure: false },
  );
  const path = outlinePath(outline);
  context.lineWidth = 2 * EDGE;
  context.strokeStyle = inks[colour].edge;
  context.stroke(path);
  context.fillStyle = inks[colour].fill;
  context.fill(path);
}

function outlinePath(outline: readonly (readonly number[])[]): Path2D {
  const path = new Path2D();
  outline.forEach(([x = 0, y = 0], i) => {
    const [nextX = x, nextY = y] = outline[(i + 1) % outline.length] ?? [];
    const [middleX, middleY] = [(x + nextX) / 2, (y + nextY) / 2];
    if (i === 0) path.moveTo(middleX, middleY);
    else path.quadraticCurveTo(x, y, middleX, middleY);
  });
  path.closePath();
  return path;
}

function paintArrow(context: Context, places: readonly ScreenPoint[], width: number, colour: Colour): void {
  const tip = places.at(-1);
  const from = places[0];
  if (tip === undefined || from === undefined) return;
  const length = Math.hypot(tip[0] - from[0], tip[1] - from[1]);
  const size = Math.min(width * 2.4 + 9, Math.max(6, length * 0.6));
  // The head shows where the line goes at its end, not where it came from.
  const back = places.findLast(([x, y]) => Math.hypot(tip[0] - x, tip[1] - y) >= size) ?? from;
  const turn = Math.atan2(tip[1] - back[1], tip[0] - back[0]);
  const neck = [tip[0] - 0.7 * size * Math.cos(turn), tip[1] - 0.7 * size * Math.sin(turn)] as const;
  const shaft = new Path2D();
  shaft.moveTo(from[0], from[1]);
  for (const [x, y] of places) if (Math.hypot(tip[0] - x, tip[1] - y) > size) shaft.lineTo(x, y);
  shaft.lineTo(neck[0], neck[1]);
  const head = new Path2D();
  head.moveTo(tip[0], tip[1]);
  for (const side of [-1, 1]) {
    const bend = turn + Math.PI + side * 0.5;
    head.lineTo(tip[0] + size * 1.15 * Math.cos(bend), tip[1] + size * 1.15 * Math.sin(bend));
  }
  head.closePath();
  const { fill, edge } = inks[colour];
  for (const [style, extra] of [
    [edge, 2 * EDGE],
    [fill, 0],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width + extra;
    context.stroke(shaft);
    context.lineWidth = 2 + extra;
    context.stroke(head);
  }
  context.fillStyle = fill;
  context.fill(head);
}

function linePath(places: readonly ScreenPoint[], closed: boolean): Path2D {
  const path = new Path2D();
  places.forEach(([x, y], i) => {
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  if (closed) path.closePath();
  return path;
}

function twice(context: Context, path: Path2D, width: number, colour: Colour): void {
  context.lineWidth = width + 2 * EDGE;
  context.strokeStyle = inks[colour].edge;
  context.stroke(path);
  context.lineWidth = width;
  context.strokeStyle = inks[colour].fill;
  context.stroke(path);
}

function paintText(
  context: Context,
  text: string,
  [x, y]: readonly [number, number],
  size: number,
  { fill, edge }: { readonly fill: string; readonly edge: string },
): void {
  context.font = `650 ${size}px ${FONT}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.lineJoin = 'round';
  context.lineWidth = Math.max(3, size / 4.5);
  context.strokeStyle = edge;
  context.fillStyle = fill;
  const lines = text.split('\n');
  lines.forEach((line, i) => {
    const at = y + (i - (lines.length - 1) / 2) * size * 1.25;
    context.strokeText(line, x, at);
    context.fillText(line, x, at);
  });
}

const markRadius = (width: Width, scale: number) => (textSizes[width] - 3) * scale;
const onInk: Readonly<Record<Colour, string>> = {
  yellow: '#111417',
  red: '#ffffff',
  green: '#0b1f10',
  blue: '#ffffff',
  white: '#111417',
  black: '#ffffff',
};

function paintMark(context: Context, number: number, [x, y]: ScreenPoint, radius: number, colour: Colour): void {
  const disc = new Path2D();
  disc.arc(x, y, radius, 0, 2 * Math.PI);
  context.lineWidth = 2.5 * EDGE;
  context.strokeStyle = inks[colour].edge;
  context.stroke(disc);
  context.fillStyle = inks[colour].fill;
  context.fill(disc);
  const text = String(number);
  context.font = `700 ${radius * (text.length > 2 ? 0.85 : 1.2)}px ${FONT}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = onInk[colour];
  context.fillText(text, x, y + radius * 0.06);
}
