import { i18n } from '@lingui/core';
import { useEffect, useRef } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { SessionId } from '#contract/ids.ts';
import { createAsk } from '#web/http/client.ts';
import { language } from '#web/i18n.ts';
import { type Connection, openConnection } from '#web/realtime/connection.ts';
import { watch } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { ToastStack } from '#web/ui/toast.tsx';
import type { Toasts } from '#web/ui/toast-model.ts';
import type { LoadAhead } from './ahead.ts';
import { AheadPage, ElsewherePage, GonePage, NotFoundPage, OutPage, PlainPage } from './end-pages.tsx';
import { InSession } from './in-session.tsx';
import { askForStart, pageTimes, pause, startOfPage } from './load.ts';
import type { LoadPictureTools } from './picture-tools.ts';
import { OwnPicture, PreJoin } from './pre-join.tsx';
import type { LoadRecord, RecordHost } from './record.ts';
import { openRoom, type Room, RoomProvider } from './room.ts';
import { claimTab, safeStorage } from './tab.ts';

interface SessionFiles {
  /** Brings what works on the pictures. */
  readonly loadTools?: LoadPictureTools;
  /** Brings the record, after the end. */
  readonly loadRecord?: LoadRecord;
  /** Brings what is shown of a session that is asked for, planned, or never took place. */
  readonly loadAhead?: LoadAhead;
  /** Says what the person is told of while this page is open; features above this one know of what. */
  readonly hear?: (signal: AbortSignal, parts: { readonly connection: Connection; readonly toasts: Toasts }) => void;
}

/**
 * Shows the session of this page's address. `raw` is what the server wrote into the page; without it, or when it makes
 * no sense, the page asks by HTTP. `files` are loaded when they are needed.
 */
export function mountSession(element: HTMLElement, raw: unknown, files: SessionFiles = {}): void {
  // The picture is everything: the session screen is dark whatever the system's scheme.
  document.documentElement.style.colorScheme = 'dark';
  void show(createRoot(element), raw, files);
}

async function show(root: Root, raw: unknown, { loadTools, loadRecord, loadAhead, hear }: SessionFiles): Promise<void> {
  const sessionId = SessionId.safeParse(location.pathname.split('/')[2]);
  if (!sessionId.success) return root.render(<NotFoundPage />);

  const life = new AbortController().signal;
  const tabStorage = safeStorage(() => sessionStorage);
  const deviceStorage = safeStorage(() => localStorage);
  const written = startOfPage(raw, sessionId.data, pageTimes);
  const asked = new URLSearchParams(location.search).get('as') === 'code' ? 'code' : 'member';
  const as = written?.bootstrap.as ?? asked;
  const speaker = as === 'code' ? ({ as: 'code' } as const) : {};
  const ask = createAsk(speaker);
  const tabId = await claimTab(life, tabStorage, navigator.locks ?? null);
  const start = written ?? (await load(root, { life, ask, sessionId: sessionId.data, tabId, as }));
  if (start === null) return;

  const { subject, organization } = start.bootstrap.session;
  document.title = `${subject} · ${organization}`;
  const room = openRoom(life, {
    ask,
    connection: openConnection(life, speaker),
    tabId,
    start,
    tabStorage,
    deviceStorage,
    loadTools: loadTools ?? null,
    roomy: matchMedia('(min-width: 761px) and (min-height: 481px)').matches,
  });
  hear?.(life, room);
  const host = { ask, speaker, facts: room.facts, reread: room.reread };
  const files = { loadRecord: loadRecord ?? null, loadAhead: loadAhead ?? null };
  // In another language everything is drawn again where it is: nothing of a call is lost.
  watch(life, language, () =>
    root.render(
      <RoomProvider value={room}>
        <SessionScreen room={room} host={host} files={files} />
        <NewsBefore room={room} />
      </RoomProvider>,
    ),
  );
}

async function load(root: Root, parts: Parameters<typeof askForStart>[1] & { life: AbortSignal }) {
  root.render(<PlainPage title={i18n._('One moment…')}>{null}</PlainPage>);
  const start = await askForStart(
    parts.life,
    parts,
    () =>
      root.render(
        <PlainPage title={i18n._('The server can’t be reached')}>
          <p>{i18n._('Trying again by itself. Please check your network.')}</p>
        </PlainPage>,
      ),
    pause,
  );
  if (start === null || 'bootstrap' in start) return start;
  // A guest of a code is never asked to sign in; an expert whose login has ended comes back here afterwards.
  const signIn = `/sign-in?to=${encodeURIComponent(location.pathname)}`;
  root.render(<NotFoundPage signIn={start.code === 'not-signed-in' && parts.as === 'member' ? signIn : null} />);
  return null;
}

/** Short words while the person is not in: the screen of the call has its own place for them. */
function NewsBefore({ room }: { readonly room: Room }) {
  return useStore(room.screen.screen).at === 'in' ? null : <ToastStack toasts={room.toasts} />;
}

interface SessionScreenProps {
  readonly room: Room;
  readonly host: RecordHost;
  readonly files: { readonly loadRecord: LoadRecord | null; readonly loadAhead: LoadAhead | null };
}

function SessionScreen({ room, host, files }: SessionScreenProps) {
  const screen = useStore(room.screen.screen);
  const shown = useRef(screen.at);
  useEffect(() => {
    if (shown.current === screen.at) return;
    shown.current = screen.at;
    // The button that led here is gone: whoever listens to the page hears where they are now.
    document.getElementById('page-title')?.focus();
  }, [screen.at]);
  switch (screen.at) {
    case 'ahead':
      return <AheadPage host={host} screen={room.screen} loadAhead={files.loadAhead} />;
    case 'calling':
      return <AheadPage host={host} screen={room.screen} loadAhead={files.loadAhead} ownPicture={<OwnPicture />} />;
    case 'before':
      return <PreJoin joining={screen.joining} refusal={screen.refusal} />;
    case 'returning':
      return (
        <PlainPage title={i18n._('Into the session…')}>
          {screen.refusal === null ? null : (
            <p role="status">{i18n._('The server can’t be reached at the moment. Trying again…')}</p>
          )}
        </PlainPage>
      );
    case 'in':
      return <InSession />;
    case 'elsewhere':
      return <ElsewherePage screen={room.screen} bringing={screen.bringing} />;
    case 'out':
      return <OutPage host={host} screen={room.screen} how={screen.how} {...files} />;
    case 'gone':
      return <GonePage session={room.facts.session.get()} after={screen.after} />;
  }
}
