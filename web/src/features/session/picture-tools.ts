import type { ReactNode, RefObject } from 'react';
import type { ChannelMessage } from '#contract/call/index.ts';
import type { ParticipantId, TabId } from '#contract/ids.ts';
import type { Happened } from '#core/session/transcript.ts';
import type { Delivery, Peer } from '#web/call/index.ts';
import type { Ask } from '#web/http/client.ts';
import type { Connection } from '#web/realtime/connection.ts';
import { createStore, type Readable, type ReadableStore } from '#web/state/store.ts';
import type { Toasts } from '#web/ui/toast-model.ts';
import { pause } from './load.ts';
import type { OwnDevices } from './own-devices.ts';
import type { SessionModel } from './session-model.ts';
import type { Shortcuts } from './shortcuts.ts';
import type { PictureView } from './stage-view.tsx';
import type { BrowserStorage } from './tab.ts';

/** A button that picture tools put into the control bar. */
export interface ToolButton {
  readonly id: string;
  readonly caption: string;
  readonly label: string;
  readonly shortcut: string;
  readonly icon: ReactNode;
  /** Only of a button that switches something on and off. */
  readonly pressed?: boolean;
  /** There is nothing for it to do now; the label says why, and so does a click. */
  readonly unavailable?: boolean;
  readonly onClick: () => void;
}

/** What works on the pictures of a session, in a file of its own that is loaded once somebody is in. */
export interface PictureTools {
  readonly buttons: Readable<readonly ToolButton[]>;
  /** Whose picture has to be on stage now, because everybody looks at it; null for no matter. */
  readonly onStage: Readable<ParticipantId | null>;
  /** Lies over the picture on stage. */
  readonly over: (view: PictureView, video: RefObject<HTMLVideoElement | null>) => ReactNode;
  /** Stands beside a line of the transcript. */
  readonly beside: (what: Happened, author: string | null) => ReactNode;
  /** Stands at the end of the transcript: what will be in it soon. */
  readonly underWay: () => ReactNode;
  /** Stands in the status bar, such as the red mark of a recording. */
  readonly status: () => ReactNode;
  /** Lies over everything, such as a question to this person. */
  readonly dialogs: () => ReactNode;
}

/** What picture tools may use of the session. */
export interface ToolsHost {
  readonly ask: Ask;
  readonly tabId: TabId;
  /** How the page's requests say who is speaking. */
  readonly speaker: { readonly as?: 'code' };
  readonly facts: SessionModel;
  readonly call: {
    readonly peers: ReadableStore<readonly Peer[]>;
    send(to: string | null, message: ChannelMessage, delivery: Delivery): boolean;
    onMessage(life: AbortSignal, listener: (from: string, message: ChannelMessage) => void): void;
  };
  readonly own: Pick<OwnDevices, 'tracks' | 'state'>;
  readonly connection: Pick<Connection, 'state'>;
  readonly shortcuts: Pick<Shortcuts, 'enabled'>;
  readonly toasts: Toasts;
  readonly kept: BrowserStorage;
  readonly roomy: boolean;
  announce(words: string): void;
}

export type OpenPictureTools = (life: AbortSignal, host: ToolsHost) => PictureTools;
/** Loads the tools' file; the composition knows which. */
export type LoadPictureTools = () => Promise<{ readonly openPictureTools: OpenPictureTools }>;

/** The first picture comes first: nobody draws in the first moment, and a bad network has these files to carry too. */
const FIRST_PICTURE_MS = 1_500;
const AGAIN_MS = 4_000;

/** Loads the tools a moment after this person came in, again and again where the network lets no file through. */
export function keepPictureTools(
  life: AbortSignal,
  load: LoadPictureTools | null,
  host: () => ToolsHost,
): { readonly tools: Readable<PictureTools | null>; begin(): void } {
  const tools = createStore<PictureTools | null>(null);
  let begun = false;
  const run = async () => {
    await pause(life, FIRST_PICTURE_MS);
    while (load !== null && !life.aborted) {
      try {
        const { openPictureTools } = await load();
        if (!life.aborted) tools.set(openPictureTools(life, host()));
        return;
      } catch {
        await pause(life, AGAIN_MS);
      }
    }
  };
  return {
    tools,
    begin() {
      if (begun) return;
      begun = true;
      void run();
    },
  };
}
