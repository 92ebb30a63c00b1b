import { i18n } from '@lingui/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { FramePoint } from '#contract/annotation/drawing.ts';
import { DrawingId } from '#contract/annotation/ids.ts';
import { annotationLimits } from '#contract/annotation/limits.ts';
import { drawingAt } from '#core/annotation/hit.ts';
import { boxBetween, type Sheet, shownDrawings, shownSize, toShown, toSource } from '#core/file/editing.ts';
import { type Box, type Size, screenPoint } from '#core/geometry/points.ts';
import { pictureOnScreen } from '#core/geometry/spaces.ts';
import { watch } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { aroundOf, scaleOf } from '../annotation/index.ts';
import * as css from './editor.module.css';
import type { EditorModel } from './editor-model.ts';
import { paintDrawings, placesOf, referenceOf } from './paint.ts';
import { type Patch, paintSheet, patchOf } from './paint-sheet.ts';

interface EditorCanvasProps {
  readonly model: EditorModel;
  readonly source: ImageBitmap;
}

/** How far from a line a finger still means it, CSS px. */
const REACH = 18;
const STEP = 0.01;
const BIG_STEP = 0.05;

/** The picture that is edited, with what is drawn on it; drawn on by mouse, finger, pen and keys. */
export function EditorCanvas({ model, source }: EditorCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { tool } = useStore(model.state);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const life = new AbortController();
    openCanvas(life.signal, element, model, source);
    return () => life.abort();
  }, [model, source]);
  return (
    <div className={css.paper}>
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is worked on by keys of its own */}
      <canvas
        ref={canvas}
        className={css.canvas}
        data-tool={tool}
        tabIndex={0}
        role="application"
        aria-label={i18n._(
          'The picture. Enter puts the tool into its middle, N chooses the next drawing, arrow keys move it, with Shift they change its size, Delete takes it away.',
        )}
        onKeyDown={(event) => hearKey(event, model)}
      />
      <Writing model={model} canvas={canvas} source={source} />
    </div>
  );
}

/** Where the picture lies in the canvas, CSS px. */
function boxOf(canvas: HTMLCanvasElement, sheet: Sheet, source: Size): Box {
  const element = { width: canvas.clientWidth, height: canvas.clientHeight };
  return pictureOnScreen({ element, picture: shownSize(sheet, source), fit: 'contain', mirrored: false });
}

const onCanvas = (box: Box, [u, v]: readonly [number, number]) =>
  screenPoint(box.left + u * (box.right - box.left), box.top + v * (box.bottom - box.top));

function openCanvas(life: AbortSignal, canvas: HTMLCanvasElement, model: EditorModel, source: ImageBitmap): void {
  const context = canvas.getContext('2d');
  let patches: readonly Patch[] = [];
  let asked = 0;

  const patchesOf = (sheet: Sheet): readonly Patch[] => {
    const { draft } = model.state.get();
    const blurs = draft !== null && 'box' in draft ? [...sheet.blurs, draft] : sheet.blurs;
    patches = blurs
      .filter(({ box }) => box.right > box.left && box.bottom > box.top)
      .map(
        (blur) => patches.find((one) => one.id === blur.id && one.box === blur.box) ?? patchOf(source, source, blur),
      );
    return patches;
  };

  const paint = () => {
    asked = 0;
    if (context === null || life.aborted) return;
    const ratio = Math.min(2, devicePixelRatio);
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const sheet = model.sheet();
    const { draft, colour, width: line, selected, cropping } = model.state.get();
    const box = boxOf(canvas, sheet, source);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintSheet(context, source, sheet, patchesOf(sheet), box);
    const growing =
      draft === null || 'box' in draft ? [] : [{ id: DRAFT, shape: draft, style: { colour, width: line } } as const];
    paintDrawings(context, shownDrawings({ ...sheet, drawings: [...sheet.drawings, ...growing] }), box);
    if (selected !== null) {
      const around = aroundSelected(sheet, selected, box, source);
      if (around !== null) paintFrame(context, around);
    }
    if (cropping !== null) paintCropping(context, box, boxOnCanvas(box, sheet, cropping));
  };
  const soon = () => {
    if (asked === 0 && !life.aborted) asked = requestAnimationFrame(paint);
  };
  const observer = new ResizeObserver(soon);
  observer.observe(canvas);
  life.addEventListener('abort', () => observer.disconnect(), { once: true });
  watch(life, model.state, soon);

  const placeOf = (event: PointerEvent): FramePoint => {
    const { left, top } = canvas.getBoundingClientRect();
    const sheet = model.sheet();
    const box = boxOf(canvas, sheet, source);
    return toSource(sheet, [
      (event.clientX - left - box.left) / Math.max(1, box.right - box.left),
      (event.clientY - top - box.top) / Math.max(1, box.bottom - box.top),
    ]);
  };
  let finger: number | null = null;
  const listen = { signal: life };
  canvas.addEventListener(
    'pointerdown',
    (event) => {
      if (finger !== null || event.button !== 0) return;
      finger = event.pointerId;
      canvas.setPointerCapture(event.pointerId);
      const at = placeOf(event);
      model.down(at, hitAt(model.sheet(), at, boxOf(canvas, model.sheet(), source), source));
    },
    listen,
  );
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== finger) return;
      const all = event.getCoalescedEvents?.() ?? [];
      model.move((all.length === 0 ? [event] : all).map(placeOf));
    },
    listen,
  );
  const end = (run: () => void) => (event: PointerEvent) => {
    if (event.pointerId !== finger) return;
    finger = null;
    run();
  };
  canvas.addEventListener('pointerup', end(model.up), listen);
  canvas.addEventListener('pointercancel', end(model.cancel), listen);
}

/** The drawing that the finger is making has no name yet. */
const DRAFT = DrawingId.parse('00000000-0000-4000-8000-000000000000');

/** What lies at a place: drawings before blurred parts, lines before what is covered. */
function hitAt(sheet: Sheet, at: FramePoint, box: Box, source: Size): string | null {
  const reference = referenceOf(shownSize(sheet, source));
  const scale = scaleOf(reference) * ((box.right - box.left) / reference.width);
  const lines = shownDrawings(sheet)
    .filter(({ shape }) => shape.tool !== 'highlight')
    .map(({ id, shape, style }) => ({
      id: String(id),
      points: placesOf(shape, reference).map((place) => onCanvas(box, place)),
      around: shape.tool === 'highlight' ? 0 : aroundOf(shape, style, scale),
    }));
  const line = drawingAt(onCanvas(box, toShown(sheet, at)), lines, REACH);
  if (line !== null) return line;
  const covers = ({ left, top, right, bottom }: Box) =>
    at[0] >= left && at[0] <= right && at[1] >= top && at[1] <= bottom;
  const highlight = sheet.drawings.findLast(
    ({ shape }) => shape.tool === 'highlight' && covers(boxBetween(shape.from, shape.to)),
  );
  return highlight?.id ?? sheet.blurs.findLast((one) => covers(one.box))?.id ?? null;
}

function boxOnCanvas(box: Box, sheet: Sheet, part: Box): Box {
  const [x0, y0] = onCanvas(box, toShown(sheet, [part.left, part.top]));
  const [x1, y1] = onCanvas(box, toShown(sheet, [part.right, part.bottom]));
  return { left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) };
}

function aroundSelected(sheet: Sheet, id: string, box: Box, source: Size): Box | null {
  const blur = sheet.blurs.find((one) => one.id === id);
  if (blur !== undefined) return boxOnCanvas(box, sheet, blur.box);
  const drawing = shownDrawings(sheet).find((one) => one.id === id);
  if (drawing === undefined) return null;
  const reference = referenceOf(shownSize(sheet, source));
  const scale = scaleOf(reference) * ((box.right - box.left) / reference.width);
  const around = 8 + (drawing.shape.tool === 'highlight' ? 0 : aroundOf(drawing.shape, drawing.style, scale));
  const points = placesOf(drawing.shape, reference).map((place) => onCanvas(box, place));
  return {
    left: Math.min(...points.map(([x]) => x)) - around,
    top: Math.min(...points.map(([, y]) => y)) - around,
    right: Math.max(...points.map(([x]) => x)) + around,
    bottom: Math.max(...points.map(([, y]) => y)) + around,
  };
}

function paintFrame(context: CanvasRenderingContext2D, { left, top, right, bottom }: Box): void {
  context.save();
  for (const [colour, dash] of [
    ['rgb(0 0 0 / 70%)', []],
    ['#3bc9db', [6, 5]],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.setLineDash([...dash]);
    context.strokeRect(left, top, right - left, bottom - top);
  }
  context.restore();
}

/** What would be cut off is dark; the rest has a frame with corners to see. */
function paintCropping(context: CanvasRenderingContext2D, whole: Box, kept: Box): void {
  context.save();
  context.fillStyle = 'rgb(0 0 0 / 62%)';
  context.beginPath();
  context.rect(whole.left, whole.top, whole.right - whole.left, whole.bottom - whole.top);
  context.rect(kept.left, kept.top, kept.right - kept.left, kept.bottom - kept.top);
  context.fill('evenodd');
  context.strokeStyle = '#ffffff';
  context.lineWidth = 2;
  context.strokeRect(kept.left, kept.top, kept.right - kept.left, kept.bottom - kept.top);
  context.restore();
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function hearKey(event: KeyboardEvent, model: EditorModel): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = arrows[event.key];
  const { tool } = model.state.get();
  if (arrow !== undefined) {
    const by = event.repeat ? BIG_STEP : STEP;
    model.nudge(arrow[0] * by, arrow[1] * by, event.shiftKey);
  } else if (event.key === 'Enter') {
    if (tool === 'crop') model.crop();
    else model.place();
  } else if (event.key.toLowerCase() === 'n') model.selectNext();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Where a text is written, at its place in the picture. */
function Writing({
  model,
  canvas,
  source,
}: {
  readonly model: EditorModel;
  readonly canvas: React.RefObject<HTMLCanvasElement | null>;
  readonly source: Size;
}) {
  const { writing } = useStore(model.state);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (writing !== null) field.current?.focus();
  }, [writing]);
  if (writing === null || canvas.current === null) return null;
  const sheet = model.sheet();
  const [x, y] = onCanvas(boxOf(canvas.current, sheet, source), toShown(sheet, writing));
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      model.write('');
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    model.write(event.currentTarget.value);
  };
  return (
    <textarea
      ref={field}
      className={css.writing}
      style={{ '--x': `${x}px`, '--y': `${y}px` } as React.CSSProperties}
      rows={1}
      maxLength={annotationLimits.textLength}
      aria-label={i18n._('Text on the picture')}
      placeholder={i18n._('Write here')}
      onKeyDown={onKeyDown}
      onBlur={(event) => model.write(event.currentTarget.value)}
    />
  );
}
