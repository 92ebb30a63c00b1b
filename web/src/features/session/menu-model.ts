import * as z from 'zod/mini';
import { createStore, type ReadableStore } from '#web/state/store.ts';

const Panel = z.enum(['chat', 'participants', 'settings']);
export type Panel = z.infer<typeof Panel>;

/** The side menu (B11): folded away or open at a panel. */
export interface Menu {
  readonly open: boolean;
  readonly panel: Panel;
}

export interface MenuModel {
  readonly menu: ReadableStore<Menu>;
  show(panel: Panel): void;
  fold(): void;
  /** The control bar's button: folds the panel that is open, else shows it. */
  toggle(panel: Panel): void;
}

interface Kept {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'sightglass.side-menu';
const Remembered = z.object({ open: z.boolean(), panel: Panel });

/** Makes the menu; on a desk it is as it was last time, on a phone it starts folded: the picture is everything there. */
export function createMenuModel(kept: Kept, roomy: boolean): MenuModel {
  const remembered = read(kept) ?? { open: roomy, panel: 'chat' };
  const menu = createStore<Menu>(roomy ? remembered : { open: false, panel: 'chat' });
  const change = (next: Menu) => {
    menu.set(next);
    if (roomy) kept.setItem(KEY, JSON.stringify(next));
  };
  const show = (panel: Panel) => change({ open: true, panel });
  const fold = () => change({ ...menu.get(), open: false });
  return {
    menu,
    show,
    fold,
    toggle(panel) {
      const { open, panel: shown } = menu.get();
      if (open && shown === panel) fold();
      else show(panel);
    },
  };
}

function read(kept: Kept): Menu | null {
  try {
    return Remembered.safeParse(JSON.parse(kept.getItem(KEY) ?? '')).data ?? null;
  } catch {
    return null;
  }
}
