import { i18n } from '@lingui/core';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { refusalWords } from '#web/http/refusal-words.ts';
import { createStore } from '#web/state/store.ts';
import { useStore } from '#web/state/use-store.ts';
import { Button } from '#web/ui/button.tsx';
import { IconSpeaker } from '#web/ui/call-icons.tsx';
import { IconOffline } from '#web/ui/icons.tsx';
import { ToastStack } from '#web/ui/toast.tsx';
import { CaseHead } from './case-head.tsx';
import { Chat } from './chat.tsx';
import { ControlBar } from './control-bar.tsx';
import { readCorner, writeCorner } from './kept-corner.ts';
import type { Panel } from './menu-model.ts';
import { PeoplePanel } from './people-panel.tsx';
import { type Room, useRoom } from './room.ts';
import * as css from './screen.module.css';
import { SettingsPanel } from './settings-panel.tsx';
import { SideMenu } from './side-menu.tsx';
import type { Corner } from './stage.ts';
import { StageView } from './stage-view.tsx';
import { StatusBar } from './status-bar.tsx';
import { viewsOf } from './views.ts';
import { VisibilityPart } from './visibility-part.tsx';
import { browserWakeful, keepAwake } from './wake-lock.ts';

/** Before the picture tools are here, nobody has to be looked at. */
const NOBODY = createStore(null);

/** The session itself: status on top, pictures, controls at the bottom, side menu. */
export function InSession() {
  const room = useRoom();
  const { facts, own, call, menu } = room;
  const { kept } = room;
  const [corner, setCorner] = useState(() => readCorner(kept));
  const moveTo = useCallback(
    (next: Corner) => {
      writeCorner(kept, next);
      setCorner(next);
    },
    [kept],
  );
  const { open } = useStore(menu.menu);
  const people = useStore(facts.people);
  const peers = useStore(call.peers);
  const devices = useStore(own.state);
  const { video } = useStore(own.tracks);
  const { camera: cameraWanted } = useStore(own.wish);
  const { you } = useStore(facts.session);
  const ownStream = useMemo(() => (video === null ? null : new MediaStream([video])), [video]);
  const tools = useStore(room.tools);
  const lookAt = useStore(tools?.onStage ?? NOBODY);
  const must = lookAt !== null && lookAt === you.participantId ? 'own' : lookAt;
  const views = viewsOf({ you, people, peers, devices, cameraWanted, ownStream });

  useEffect(() => {
    const stay = new AbortController();
    const wakeful = browserWakeful();
    if (wakeful !== null) keepAwake(stay.signal, wakeful);
    return () => stay.abort();
  }, []);

  const panel = (shown: Panel): ReactNode => {
    if (shown === 'chat') return <Chat chat={room.chat} beside={tools?.beside} underWay={tools?.underWay} />;
    if (shown === 'participants') return <Participants room={room} />;
    return <SettingsPanel corner={corner} moveTo={moveTo} />;
  };
  return (
    <div className={css.screen} data-menu={open ? 'open' : 'folded'}>
      <StatusBar facts={facts}>{tools?.status()}</StatusBar>
      <StageView views={views} corner={corner} moveTo={moveTo} must={must} over={tools?.over}>
        <Banners room={room} />
        {views.length === 1 ? <Waiting room={room} /> : null}
      </StageView>
      <ControlBar />
      <SideMenu
        menu={menu}
        render={panel}
        head={
          <div className={css.case}>
            <CaseHead ask={room.ask} session={facts.session} changed={room.reread} />
          </div>
        }
      />
      <Voices room={room} />
      <div className={css.toasts}>
        <ToastStack toasts={room.toasts} />
      </div>
      {tools?.dialogs()}
      <Announcements room={room} />
    </div>
  );
}

function Participants({ room }: { room: Room }) {
  const people = useStore(room.facts.people);
  const peers = useStore(room.call.peers);
  const devices = useStore(room.own.state);
  const { you } = useStore(room.facts.session);
  const mediaOf = (person: (typeof people)[number]) => {
    if (person.own) return { microphoneOff: devices.microphone.at !== 'on', cameraOff: devices.camera.at !== 'on' };
    const media = peers.find((peer) => peer.id === person.id)?.media;
    return media ? { microphoneOff: media.microphone !== 'on', cameraOff: media.camera !== 'on' } : null;
  };
  const end = async () => {
    const refusal = await room.screen.end();
    if (refusal !== null) room.toasts.say(refusalWords(refusal), 'trouble');
  };
  return (
    <>
      <PeoplePanel people={people} mediaOf={mediaOf} />
      {you.as === 'expert' ? (
        <section className={css.panelFoot} aria-labelledby="visibility-title">
          <h2 id="visibility-title" className={css.panelTitle}>
            {i18n._('Who can see this session')}
          </h2>
          <VisibilityPart ask={room.ask} facts={room.facts} />
        </section>
      ) : null}
      {you.mayEnd ? (
        <div className={css.panelFoot}>
          <Button kind="danger" wide onClick={() => void end()}>
            {i18n._('End for all')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** What troubles the whole session, in plain words. */
function Banners({ room }: { room: Room }) {
  const state = useStore(room.connection.state);
  const blocked = useStore(room.sound.blocked);
  return (
    <div className={css.banners} role="status">
      {state === 'offline' ? (
        <p className={css.banner}>
          <IconOffline />
          {i18n._('The connection to the server is lost. The call goes on; messages are sent when it is back.')}
        </p>
      ) : null}
      {blocked ? (
        <Button kind="primary" icon={<IconSpeaker />} onClick={room.sound.unblock}>
          {i18n._('Tap to hear')}
        </Button>
      ) : null}
    </div>
  );
}

function Waiting({ room }: { room: Room }) {
  const { you } = useStore(room.facts.session);
  const people = useStore(room.facts.people);
  const gone = people.filter((one) => !one.own).at(-1);
  return (
    <p className={css.waiting} role="status">
      {gone === undefined
        ? firstWords(you.as)
        : i18n._('{name} has left. The session stays open.', { name: gone.name })}
    </p>
  );
}

function firstWords(as: 'expert' | 'codeUser'): string {
  return as === 'expert'
    ? i18n._('You are the first. The customer sees that you are here.')
    : i18n._('You are the first. The other side sees that you are here.');
}

/** Everybody else's sound, in players of its own: the picture must never hold it back. */
function Voices({ room }: { room: Room }) {
  const peers = useStore(room.call.peers);
  const { speakerId } = useStore(room.own.state);
  useEffect(() => room.sound.moveTo(speakerId), [room, speakerId]);
  return (
    <>
      {peers.map((peer) =>
        peer.audio === null || !peer.joined ? null : <Voice key={peer.id} stream={peer.audio} room={room} />,
      )}
    </>
  );
}

function Voice({ stream, room }: { stream: MediaStream; room: Room }) {
  useEffect(() => room.sound.play(stream, room.own.state.get().speakerId), [room, stream]);
  return null;
}

function Announcements({ room }: { room: Room }) {
  return (
    <p className={css.hidden} role="status">
      {useStore(room.announced)}
    </p>
  );
}
