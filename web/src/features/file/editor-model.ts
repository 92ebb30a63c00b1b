import type { Colour, FramePoint, Width } from '#contract/annotation/drawing.ts';
import { DrawingId } from '#contract/annotation/ids.ts';
import { annotationLimits } from '#contract/annotation/limits.ts';
import type { ScreenshotDrawing, ScreenshotShape } from '#contract/file/http.ts';
import { apartPx, closeStroke, extendStroke, openStroke, type Stroke } from '#core/annotation/stroke.ts';
import {
  type Blur,
  beginHistory,
  boxBetween,
  type History,
  mapShape,
  openSheet,
  redo,
  type Sheet,
  step,
  toShown,
  toSource,
  undo,
} from '#core/file/editing.ts';
import { type Box, framePoint, type Size } from '#core/geometry/points.ts';
import { newRequestId } from '#web/http/request-id.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

export const editTools = [
  'select',
  'pen',
  'arrow',
  'rectangle',
  'ellipse',
  'text',
  'mark',
  'highlight',
  'blur',
  'crop',
] as const;
export type EditTool = (typeof editTools)[number];
type BoxTool = 'arrow' | 'rectangle' | 'ellipse' | 'highlight';
const boxTools: ReadonlySet<EditTool> = new Set<BoxTool>(['arrow', 'rectangle', 'ellipse', 'highlight']);
const isBoxTool = (tool: EditTool): tool is BoxTool => boxTools.has(tool);

export interface EditorState {
  readonly history: History;
  readonly tool: EditTool;
  readonly colour: Colour;
  readonly width: Width;
  /** A drawing or a blurred part. */
  readonly selected: string | null;
  /** What the finger is making. */
  readonly draft: ScreenshotShape | Blur | null;
  /** Where a text is being written. */
  readonly writing: FramePoint | null;
  /** What would be kept of the picture, while the crop tool is in the hand. */
  readonly cropping: Box | null;
}

export interface EditorModel {
  readonly state: ReadableStore<EditorState>;
  /** What is to be seen now: the sheet with what the finger is making. */
  sheet(): Sheet;
  choose(tool: EditTool): void;
  setColour(colour: Colour): void;
  setWidth(width: Width): void;
  select(id: string | null): void;
  /** The next drawing or blurred part, for those without a mouse. */
  selectNext(): void;
  /** `hit` is what lies there. */
  down(at: FramePoint, hit: string | null): void;
  move(points: readonly FramePoint[]): void;
  up(): void;
  cancel(): void;
  write(text: string): void;
  /** Puts a drawing of the tool in the hand into the middle, for those without a mouse. */
  place(): void;
  /** Moves what is selected (or what would be kept) by parts of what is shown; `size` moves its far corner only. */
  nudge(across: number, down: number, size: boolean): void;
  remove(): void;
  turn(): void;
  crop(): void;
  undo(): void;
  redo(): void;
}

const NO_DRAFT = { draft: null, writing: null } as const;
/** A line between places closer than this, px of the picture in its reference size, was a tap and no line. */
const LEAST_PX = 5;

/** What the finger has taken hold of, and how it was then. */
interface Held {
  readonly from: FramePoint;
  readonly sheet: Sheet;
  readonly crop: Box | null;
}

/** Makes the model of an editor. `picture` is the picture's form in the size in which lines are as wide as they are meant. */
export function createEditorModel(drawings: readonly ScreenshotDrawing[], picture: Size): EditorModel {
  const state = createStore<EditorState>({
    history: beginHistory(openSheet(drawings)),
    tool: 'select',
    colour: 'red',
    width: 'medium',
    selected: null,
    cropping: null,
    ...NO_DRAFT,
  });
  let stroke: Stroke | null = null;
  let first: FramePoint | null = null;
  let held: Held | null = null;

  const put = (part: Partial<EditorState>) => state.set({ ...state.get(), ...part });
  const now = () => state.get().history.now;
  const act = (next: Sheet, part: Partial<EditorState> = {}) =>
    put({ history: step(state.get().history, next), ...NO_DRAFT, ...part });
  /** Shows it without a step of its own: the finger is still moving. */
  const show = (next: Sheet) => put({ history: { ...state.get().history, now: next } });

  const add = (shape: ScreenshotShape) => {
    const { colour, width } = state.get();
    if (now().drawings.length >= annotationLimits.drawingsPerSession) return;
    const id = DrawingId.parse(newRequestId());
    act({ ...now(), drawings: [...now().drawings, { id, shape, style: { colour, width } }] }, { selected: id });
  };
  const addBlur = (box: Box) => {
    if (box.right - box.left < 0.005 || box.bottom - box.top < 0.005) return put(NO_DRAFT);
    const id = newRequestId();
    act({ ...now(), blurs: [...now().blurs, { id, box }] }, { selected: id });
  };
  const nextMark = () =>
    1 + now().drawings.reduce((most, { shape }) => Math.max(most, shape.tool === 'mark' ? shape.number : 0), 0);

  const moved = (
    sheet: Sheet,
    id: string,
    by: (at: readonly [number, number]) => readonly [number, number],
  ): Sheet => ({
    ...sheet,
    drawings: sheet.drawings.map((one) => (one.id === id ? { ...one, shape: mapShape(one.shape, by) } : one)),
    blurs: sheet.blurs.map((one) => (one.id === id ? { ...one, box: movedBox(one.box, by) } : one)),
  });
  /** The far corner of what has two: others stay. */
  const stretched = (sheet: Sheet, id: string, by: (at: readonly [number, number]) => readonly [number, number]) => ({
    ...sheet,
    drawings: sheet.drawings.map((one) =>
      one.id === id && 'to' in one.shape
        ? { ...one, shape: { ...one.shape, to: framePoint(...by(one.shape.to)) } }
        : one,
    ),
  });

  /** Begins what the tool in the hand makes. */
  const begin = (tool: EditTool, at: FramePoint) => {
    if (tool === 'pen') {
      stroke = openStroke(at);
      put({ draft: { tool: 'pen', points: [at] }, selected: null });
    } else if (tool === 'text') put({ writing: at, selected: null });
    else if (tool === 'mark') add({ tool: 'mark', at, number: nextMark() });
    else if (tool === 'blur') put({ draft: { id: '', box: boxBetween(at, at) }, selected: null });
    else if (isBoxTool(tool)) put({ draft: { tool, from: at, to: at }, selected: null });
  };
  const grow = (from: FramePoint, at: FramePoint, points: readonly FramePoint[]) => {
    const { draft } = state.get();
    if (stroke !== null) {
      stroke = extendStroke(stroke, points, picture);
      put({ draft: { tool: 'pen', points: [...stroke.points] } });
    } else if (draft !== null && 'box' in draft) put({ draft: { id: '', box: boxBetween(from, at) } });
    else if (draft !== null && 'from' in draft) put({ draft: { ...draft, to: at } });
  };
  /** Moves what was taken hold of. */
  const carry = ({ from, sheet, crop }: Held, at: FramePoint) => {
    const { selected } = state.get();
    const by = ([x, y]: readonly [number, number]) => [x + at[0] - from[0], y + at[1] - from[1]] as const;
    if (crop !== null) put({ cropping: movedBox(crop, by) });
    else if (selected !== null) show(moved(sheet, selected, by));
  };

  const finish = () => {
    const { tool, draft } = state.get();
    if (tool === 'pen' && stroke !== null) add({ tool: 'pen', points: closeStroke(stroke, picture) });
    else if (draft !== null && 'box' in draft) addBlur(draft.box);
    else if (draft !== null && 'from' in draft) {
      if (apartPx(draft.from, draft.to, picture) >= LEAST_PX) add(draft);
      else put(NO_DRAFT);
    }
  };

  return {
    state,
    sheet: now,
    choose(tool) {
      put({ tool, selected: null, ...NO_DRAFT, cropping: tool === 'crop' ? now().crop : null });
    },
    setColour(colour) {
      restyle({ colour });
    },
    setWidth(width) {
      restyle({ width });
    },
    select: (selected) => put({ selected }),
    selectNext() {
      const ids: string[] = [...now().drawings, ...now().blurs].map(({ id }) => id);
      const at = ids.indexOf(state.get().selected ?? '');
      put({ tool: 'select', selected: ids[(at + 1) % Math.max(1, ids.length)] ?? null, cropping: null });
    },
    down(at, hit) {
      const { tool, cropping } = state.get();
      first = at;
      if (tool === 'select') {
        put({ selected: hit });
        held = hit === null ? null : { from: at, sheet: now(), crop: null };
      } else if (tool === 'crop') {
        const inside = cropping !== null && cropping !== now().crop && isInside(cropping, at);
        held = inside ? { from: at, sheet: now(), crop: cropping } : null;
      } else begin(tool, at);
    },
    move(points) {
      const at = points.at(-1);
      if (at === undefined || first === null) return;
      if (held !== null) carry(held, at);
      else if (state.get().tool === 'crop') put({ cropping: within(boxBetween(first, at), now().crop) });
      else grow(first, at, points);
    },
    up() {
      if (held !== null && held.crop === null && now() !== held.sheet) {
        const next = now();
        show(held.sheet);
        act(next);
      } else if (held === null) finish();
      stroke = null;
      first = null;
      held = null;
    },
    cancel() {
      if (held !== null && held.crop === null) show(held.sheet);
      put(NO_DRAFT);
      stroke = null;
      first = null;
      held = null;
    },
    write(text) {
      const at = state.get().writing;
      const said = text.trim();
      if (at !== null && said !== '') add({ tool: 'text', at, text: said });
      else put(NO_DRAFT);
    },
    place() {
      const { tool } = state.get();
      const [from, to] = [toSource(now(), [0.35, 0.4]), toSource(now(), [0.65, 0.6])];
      const middle = toSource(now(), [0.5, 0.5]);
      if (tool === 'mark') add({ tool, at: middle, number: nextMark() });
      else if (tool === 'text') put({ writing: middle });
      else if (tool === 'blur') addBlur(boxBetween(from, to));
      else if (tool === 'pen') add({ tool, points: [from, to] });
      else if (tool !== 'select' && tool !== 'crop') add({ tool, from, to });
    },
    nudge(across, down, size) {
      const { selected, cropping, tool } = state.get();
      const sheet = now();
      const by = (at: readonly [number, number]) => {
        const [u, v] = toShown(sheet, at);
        return toSource(sheet, [u + across, v + down]);
      };
      if (tool === 'crop' && cropping !== null) {
        const corner = by([cropping.right, cropping.bottom]);
        const next = size ? boxBetween([cropping.left, cropping.top], corner) : movedBox(cropping, by);
        put({ cropping: within(next, sheet.crop) });
      } else if (selected !== null) {
        const blur = sheet.blurs.find(({ id }) => id === selected);
        if (!size) act(moved(sheet, selected, by));
        else if (blur === undefined) act(stretched(sheet, selected, by));
        else {
          const box = boxBetween([blur.box.left, blur.box.top], by([blur.box.right, blur.box.bottom]));
          act({ ...sheet, blurs: sheet.blurs.map((one) => (one === blur ? { ...one, box } : one)) });
        }
      }
    },
    remove() {
      const { selected } = state.get();
      const stays = ({ id }: { readonly id: string }) => id !== selected;
      if (selected === null) return;
      act({ ...now(), drawings: now().drawings.filter(stays), blurs: now().blurs.filter(stays) }, { selected: null });
    },
    turn: () => act({ ...now(), turns: (now().turns + 1) % 4 }, { cropping: null, selected: null }),
    crop() {
      const { cropping } = state.get();
      const large = cropping !== null && cropping.right - cropping.left > 0.02 && cropping.bottom - cropping.top > 0.02;
      if (large) act({ ...now(), crop: cropping }, { tool: 'select', cropping: null });
    },
    undo: () => put({ history: undo(state.get().history), selected: null, cropping: null, ...NO_DRAFT }),
    redo: () => put({ history: redo(state.get().history), selected: null, cropping: null, ...NO_DRAFT }),
  };

  /** A colour or a width is for what is selected, and for what is drawn next. */
  function restyle(part: { readonly colour?: Colour; readonly width?: Width }) {
    const { selected } = state.get();
    put(part);
    if (now().drawings.some(({ id }) => id === selected))
      act({
        ...now(),
        drawings: now().drawings.map((one) =>
          one.id === selected ? { ...one, style: { ...one.style, ...part } } : one,
        ),
      });
  }
}

const isInside = ({ left, top, right, bottom }: Box, [x, y]: FramePoint) =>
  x > left && y > top && x < right && y < bottom;

/** A box moved as it is; it stays in the picture. */
function movedBox(box: Box, by: (at: readonly [number, number]) => readonly [number, number]): Box {
  const [x, y] = by([box.left, box.top]);
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  const left = Math.min(1 - width, Math.max(0, x));
  const top = Math.min(1 - height, Math.max(0, y));
  return { left, top, right: left + width, bottom: top + height };
}

const within = (box: Box, limit: Box): Box => ({
  left: Math.min(limit.right, Math.max(limit.left, box.left)),
  top: Math.min(limit.bottom, Math.max(limit.top, box.top)),
  right: Math.min(limit.right, Math.max(limit.left, box.right)),
  bottom: Math.min(limit.bottom, Math.max(limit.top, box.bottom)),
});
