import { i18n } from '@lingui/core';
import type { Sight } from '#contract/annotation/channel.ts';
import type { Drawing } from '#contract/annotation/drawing.ts';
import type { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import type { ChannelMessage } from '#contract/call/index.ts';
import type { ParticipantId } from '#contract/ids.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { createStore, type ReadableStore, watch } from '#web/state/store.ts';
import type { ToolsHost } from '../session/index.ts';
import { createBatches } from './batches.ts';
import { type BoardModel, createBoardModel } from './board-model.ts';
import { createDeeds } from './deeds.ts';
import type { Frame } from './frames.ts';
import { createFreezing, type Freezing } from './freezing.ts';
import { createLiveStrokes } from './live-strokes.ts';
import { createPen, type Pen } from './pen.ts';
import { hearPen } from './pen-input.ts';
import { openPictureScreen, type PictureScreen, type ScreenElements } from './picture-screen.ts';
import { createPictureFiles, createPictures, type Pictures } from './pictures.ts';
import { type PlacedDrawing, placeOnStill } from './place-on-still.ts';
import { pictureOf } from './placing.ts';
import { createPointers } from './pointers.ts';
import { createToolModel, type ToolModel } from './tool-model.ts';
import { createTrackingWorker } from './tracking-worker.ts';

/** Everything that draws in one session, put together; the components take it from here. */
export interface Studio {
  readonly host: ToolsHost;
  readonly board: BoardModel;
  readonly tools: ToolModel;
  readonly pen: Pen;
  readonly pictures: Pictures;
  /** Nothing can be followed on this device. */
  readonly blind: ReadableStore<boolean>;
  readonly freezing: Freezing;
  /** The picture on stage, once its elements are there. */
  readonly stage: ReadableStore<PictureScreen | null>;
  /** How others see the drawings on their screens, by participant. */
  readonly sights: ReadableStore<ReadonlyMap<string, ReadonlyMap<DrawingId, Sight>>>;
  you(): ParticipantId | null;
  nameOf(participantId: string): string;
  /** Takes away the drawing under the mouse; false when there is none. */
  eraseHovered(): boolean;
  /** What is drawn on this person's picture now, or on the frozen picture named, as it lies on a still of it. */
  drawingsOn(still: Frame, of: ParticipantId | null, ownPicture: PictureId | null): Promise<readonly PlacedDrawing[]>;
  /** Brings somebody's picture on stage until `life` ends. */
  show(life: AbortSignal, elements: ScreenElements, about: { participantId: ParticipantId; mirrored: boolean }): void;
}

/** Opens the studio of a session; it ends with `life`. */
export function openStudio(life: AbortSignal, host: ToolsHost): Studio {
  const { facts, call } = host;
  const sessionId = facts.session.get().id;
  const you = () => facts.session.get().you.participantId;
  const pause = pauseOr(host);
  const pictures = createPictures(life, {
    files: createPictureFiles(sessionId, host.speaker),
    pause,
    onKept: (pictureId) => void call.send(null, { kind: 'picture-kept', pictureId }, 'reliable'),
  });
  hearPictures(life, host, pictures);
  const openWorker = () =>
    new Worker(new URL('./tracker.worker.ts', import.meta.url), { type: 'module', name: 'tracker' });
  const tracking = createTrackingWorker(life, openWorker);
  const deeds = createDeeds(life, {
    ask: host.ask,
    sessionId,
    kept: pictures.kept,
    pause,
    onRefused: (refusal, { kind }) => host.toasts.say(deedRefused(kind, refusalWords(refusal)), 'trouble'),
  });
  const board = createBoardModel(life, { log: facts.log, deeds, you: () => facts.session.get().you });
  const tools = createToolModel(host.kept);
  const now = () => performance.now();
  const live = createLiveStrokes(life, now);
  const pointers = createPointers(life, now);
  const stage = createStore<PictureScreen | null>(null);
  const sights = createStore<ReadonlyMap<string, ReadonlyMap<DrawingId, Sight>>>(new Map());

  const batches = createBatches({
    send: (message, delivery) => void call.send(null, message, delivery),
    nextFrame: (run) => void requestAnimationFrame(run),
  });
  const pen = createPen({
    tools: tools.tools,
    hold: () => stage.get()?.hold('pen') ?? null,
    letGo: () => stage.get()?.letGo('pen'),
    participantId: () => stage.get()?.participantId ?? null,
    eraseAt(at) {
      const id = stage.get()?.drawingAt(at) ?? null;
      if (id !== null && mayErase(id)) board.remove(id);
    },
    shapes: () => board.board.get().drawings.map(({ drawing }) => drawing.shape),
    keep(drawing: Drawing) {
      const { surface } = drawing;
      // What can't be followed here is drawn on a still.
      if (tracking.off.get() && surface.kind === 'camera' && board.board.get().frozen === null)
        deeds.act({ kind: 'picture-frozen', participantId: surface.participantId, pictureId: surface.pictureId });
      deeds.act({ kind: 'drawing-made', drawing });
    },
    batches,
  });
  const mayErase = (id: DrawingId) => board.isOwn(id) || facts.session.get().you.as === 'expert';

  const freezing = createFreezing(life, {
    board: board.board,
    deeds,
    release: board.release,
    pictures,
    tracking,
    stage: stage.get,
    you,
    cameraTrack: () => host.own.tracks.get().video,
    send: (to, message) => call.send(to, message, 'reliable'),
  });

  const hear = (from: string, message: ChannelMessage) => {
    live.hear(from, message);
    pointers.hear(from, message);
    freezing.hear(message);
    if (message.kind === 'picture-kept') pictures.isThere(message.pictureId, 'page');
    if (message.kind === 'drawing-sight') {
      const seen = new Map(message.sights.map(({ drawingId, sight }) => [drawingId, sight]));
      sights.set(new Map(sights.get()).set(from, seen));
    }
  };
  call.onMessage(life, hear);
  watch(life, call.peers, (peers) => {
    const ids = peers.map(({ id }) => id);
    live.keepOf(ids);
    pointers.keepOf(ids);
    const left = new Map([...sights.get()].filter(([from]) => ids.includes(from)));
    if (left.size < sights.get().size) sights.set(left);
  });
  const known = new Set<DrawingId>();
  watch(life, board.board, ({ drawings, removed }) => {
    for (const { drawing } of [...drawings, ...removed]) known.add(drawing.id);
    live.settle((id) => known.has(id));
  });
  tracking.onPoor(life, ({ id, widened }) => {
    if (board.isOwn(id)) host.toasts.say(poorWords(widened), widened ? 'plain' : 'trouble');
  });
  let toldOff = false;
  const tellOff = () => {
    if (toldOff || !tracking.off.get() || !tools.tools.get().on) return;
    toldOff = true;
    host.toasts.say(offWords(), 'trouble');
  };
  watch(life, tracking.off, tellOff);
  watch(life, tools.tools, ({ on }) => {
    // The pen may come down any moment: the worker is started before, and only then.
    if (on) tracking.want([]);
    tellOff();
  });

  /** Where the mouse is on the picture, for the key that deletes what is under it. */
  let hovered: readonly [number, number] | null = null;
  const hover = ({ clientX, clientY }: PointerEvent) => {
    hovered = [clientX, clientY];
  };
  const hoverEnds = () => {
    hovered = null;
  };

  const nameOf = (participantId: string) => facts.people.get().find((one) => one.id === participantId)?.name ?? '';

  return {
    host,
    board,
    tools,
    pen,
    pictures,
    blind: tracking.off,
    freezing,
    stage,
    sights,
    you,
    nameOf,
    eraseHovered() {
      const at = hovered;
      const screen = stage.get();
      if (at === null || screen === null) return false;
      const id = screen.drawingAt(screen.toFrame(at[0], at[1]));
      if (id === null || !mayErase(id)) return false;
      board.remove(id);
      return true;
    },
    async drawingsOn(still, of, ownPicture) {
      const drawings = board.board.get().drawings.flatMap(({ drawing }) => {
        const { surface } = drawing;
        const isHere = surface.kind === 'still' ? surface.pictureId === ownPicture : of === surface.participantId;
        return isHere ? [drawing] : [];
      });
      const once = new AbortController();
      const own = createTrackingWorker(AbortSignal.any([life, once.signal]), openWorker);
      const placed = await placeOnStill(still, ownPicture, drawings, { tracking: own, pictures });
      once.abort();
      return placed;
    },
    show(until, elements, about) {
      const screen = openPictureScreen(until, elements, {
        ...about,
        board: board.board,
        live: live.strokes,
        own: pen.own,
        pointers: pointers.pointers,
        nameOf,
        pictures,
        tracking,
        onSights: (all) => void call.send(null, { kind: 'drawing-sight', sights: [...all].slice(0, 200) }, 'reliable'),
      });
      hearPen(until, elements.glass, { pen, toFrame: screen.toFrame, drawing: () => tools.tools.get().on });
      elements.glass.addEventListener('pointermove', hover, { signal: until });
      elements.glass.addEventListener('pointerleave', hoverEnds, { signal: until });
      stage.set(screen);
      until.addEventListener('abort', () => stage.get() === screen && stage.set(null), { once: true });
    },
  };
}

/** A picture that the log names is at the server: nothing is logged before. */
function hearPictures(life: AbortSignal, { facts }: ToolsHost, pictures: Pictures): void {
  let read = 0;
  watch(life, facts.log, ({ lines }) => {
    for (const line of lines.slice(read)) {
      if (line.kind !== 'happened') continue;
      const { what } = line;
      if (what.kind === 'picture-frozen') pictures.isThere(what.pictureId, 'log');
      const drawnOn = what.kind === 'drawing-made' ? pictureOf(what.drawing) : null;
      if (drawnOn !== null) pictures.isThere(drawnOn, 'log');
    }
    read = lines.length;
  });
}

/** Waits, but no longer than until the server can be reached again. */
function pauseOr({ connection }: ToolsHost) {
  return async (life: AbortSignal, ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let away = connection.state.get() !== 'connected';
    const stop = connection.state.subscribe(() => {
      const is = connection.state.get();
      if (away && is === 'connected') resolve();
      away = is !== 'connected';
    });
    const timer = setTimeout(resolve, ms);
    const end = () => resolve();
    life.addEventListener('abort', end, { once: true });
    await promise;
    clearTimeout(timer);
    stop();
    life.removeEventListener('abort', end);
  };
}

function deedRefused(kind: string, words: string): string {
  return kind === 'drawing-made'
    ? i18n._('The drawing could not be kept. {words}', { words })
    : i18n._('That did not work. {words}', { words });
}

const poorWords = (widened: boolean) =>
  widened
    ? i18n._('There is little to hold on to here: the drawing holds on to what is around it.')
    : i18n._('There is little to hold on to here, so the drawing may get lost. A frozen picture keeps it in place.');

const offWords = () =>
  i18n._('This device can’t keep drawings in place on a moving picture. The picture freezes when you draw on it.');
