import * as z from 'zod/mini';
import { Colour, Width } from '#contract/annotation/drawing.ts';
import { createStore, type ReadableStore } from '#web/state/store.ts';

/** What a finger or a mouse on the picture does. */
export const toolChoices = ['pen', 'arrow', 'rectangle', 'ellipse', 'text', 'mark', 'pointer', 'eraser'] as const;
export type ToolChoice = (typeof toolChoices)[number];

export const colours = ['yellow', 'red', 'green', 'blue', 'white', 'black'] as const satisfies readonly Colour[];
export const widths = ['thin', 'medium', 'thick'] as const satisfies readonly Width[];

/** The tools as they lie ready. */
export interface Tools {
  /** Whether one is drawing at all; otherwise the picture is only looked at. */
  readonly on: boolean;
  readonly choice: ToolChoice;
  readonly colour: Colour;
  readonly width: Width;
}

export interface ToolModel {
  readonly tools: ReadableStore<Tools>;
  /** Begins or ends drawing. */
  setOn(on: boolean): void;
  /** Takes a tool into the hand; begins drawing. */
  choose(choice: ToolChoice): void;
  setColour(colour: Colour): void;
  setWidth(width: Width): void;
}

interface Kept {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'sightglass.drawing';
const Remembered = z.object({ colour: Colour, width: Width });

/** Makes the model; colour and width are as they were last time on this device. */
export function createToolModel(kept: Kept): ToolModel {
  const style = read(kept) ?? { colour: 'yellow', width: 'medium' };
  const tools = createStore<Tools>({ on: false, choice: 'pen', ...style });
  const change = (part: Partial<Tools>) => {
    const next = { ...tools.get(), ...part };
    tools.set(next);
    if (part.colour !== undefined || part.width !== undefined)
      kept.setItem(KEY, JSON.stringify({ colour: next.colour, width: next.width }));
  };
  return {
    tools,
    // Drawing begins with the pen: an eraser left in the hand would take away what was meant to be marked.
    setOn: (on) => change(on && tools.get().choice === 'eraser' ? { on, choice: 'pen' } : { on }),
    choose: (choice) => change({ on: true, choice }),
    setColour: (colour) => change({ colour }),
    setWidth: (width) => change({ width }),
  };
}

function read(kept: Kept): z.infer<typeof Remembered> | null {
  try {
    return Remembered.safeParse(JSON.parse(kept.getItem(KEY) ?? '')).data ?? null;
  } catch {
    return null;
  }
}
