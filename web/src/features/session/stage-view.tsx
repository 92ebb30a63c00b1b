import { i18n } from '@lingui/core';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { ParticipantKind } from '#contract/session/events.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { IconMicrophoneOff } from '#web/ui/call-icons.tsx';
import { dragToCorner } from './drag-to-corner.ts';
import type { Picture } from './picture.ts';
import * as screenCss from './screen.module.css';
import { watchSpeaking } from './speaking.ts';
import { type Corner, chooseStage, cornerByKey } from './stage.ts';
import * as css from './stage-view.module.css';

/** One person's picture, as it is shown. */
export interface PictureView {
  readonly key: string;
  readonly own: boolean;
  readonly name: string;
  readonly as: ParticipantKind;
  readonly stream: MediaStream | null;
  /** What is heard of them; null for oneself. */
  readonly voice: MediaStream | null;
  readonly picture: Picture;
  readonly microphoneOff: boolean;
  readonly mirrored: boolean;
}

type Over = (view: PictureView, video: RefObject<HTMLVideoElement | null>) => ReactNode;

export interface StageProps {
  readonly views: readonly PictureView[];
  readonly corner: Corner;
  readonly moveTo: (corner: Corner) => void;
  /** Whose picture everybody looks at, before any choice of one's own. */
  readonly must: string | null;
  /** What lies over the picture that is big. */
  readonly over: Over | undefined;
  /** What lies over the stage as a whole. */
  readonly children?: ReactNode;
}

/** The picture that it is about, big; the others as tiles over its corner. A tap on a tile swaps. */
export function StageView({ views, corner, moveTo, must, over, children }: StageProps) {
  const [pinned, pin] = useState<string | null>(null);
  const candidates = views.map((view) => ({
    key: view.key,
    own: view.own,
    as: view.as,
    cameraOn: view.picture !== 'camera-off' && view.picture !== 'no-camera',
  }));
  const { big, tiles } = chooseStage(candidates, must ?? pinned);
  return (
    <main className={css.stage} aria-label={i18n._('Pictures')}>
      {/* One element per person for good: swapping moves them by class, so no picture stops for it. */}
      {views.map((view) =>
        view.key === big ? (
          <div className={css.big} key={view.key} data-own={view.own} data-whole={view.as === 'codeUser' && !view.own}>
            <PictureBox view={view} big over={over} />
          </div>
        ) : (
          <div
            className={css.tile}
            key={view.key}
            data-corner={corner}
            style={{ '--nth': tiles.indexOf(view.key) } as React.CSSProperties}
          >
            <PictureBox view={view} big={false} />
            <TileButton name={view.own ? null : view.name} show={() => pin(view.key)} moveTo={moveTo} corner={corner} />
          </div>
        ),
      )}
      {children}
    </main>
  );
}

function TileButton({
  name,
  show,
  moveTo,
  corner,
}: {
  name: string | null;
  show: () => void;
  moveTo: (corner: Corner) => void;
  corner: Corner;
}) {
  const button = useRef<HTMLButtonElement>(null);
  const dragged = useRef(false);
  useEffect(() => {
    const life = new AbortController();
    if (button.current !== null) {
      dragToCorner(life.signal, button.current, (corner) => {
        dragged.current = true;
        moveTo(corner);
      });
    }
    return () => life.abort();
  }, [moveTo]);
  return (
    <button
      type="button"
      ref={button}
      className={css.tileButton}
      aria-label={name === null ? i18n._('Show my picture large') : i18n._('Show {name} large', { name })}
      onPointerDown={() => {
        dragged.current = false;
      }}
      onClick={() => {
        if (!dragged.current) show();
      }}
      onKeyDown={(event) => {
        const next = cornerByKey(corner, event.key);
        if (next === null) return;
        event.preventDefault();
        moveTo(next);
      }}
    />
  );
}

function PictureBox({ view, big, over }: { view: PictureView; big: boolean; over?: Over | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  const { own, name, picture, stream, mirrored, microphoneOff } = view;
  const shown = own ? i18n._('You') : name;
  const words = big ? pictureWords(view) : null;
  const still = picture === 'camera-off' || picture === 'no-camera';
  return (
    <>
      <Video video={video} stream={still ? null : stream} mirrored={mirrored} dim={picture !== 'fine'} name={shown} />
      {still || stream === null ? (
        <span className={css.face}>
          <Avatar name={name} size={big ? 96 : 48} />
        </span>
      ) : null}
      {over?.(view, video)}
      {words === null ? null : (
        <p className={css.words} role="status">
          {picture === 'fine' || still ? null : <span className={css.spinner} aria-hidden="true" />}
          {words}
        </p>
      )}
      <span className={css.label}>
        {view.voice === null ? null : <SpeakingMark voice={view.voice} />}
        <span className={css.name}>{shown}</span>
        {microphoneOff ? <MutedMark /> : null}
      </span>
    </>
  );
}

/** Lights up while they speak. Past the components: it changes with every sentence. */
function SpeakingMark({ voice }: { voice: MediaStream }) {
  const mark = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const life = new AbortController();
    const [track] = voice.getAudioTracks();
    if (track !== undefined) {
      watchSpeaking(life.signal, track, (speaking) => mark.current?.toggleAttribute('data-speaking', speaking));
    }
    return () => life.abort();
  }, [voice]);
  return <span className={css.speaking} ref={mark} aria-hidden="true" />;
}

function MutedMark() {
  return (
    <>
      <IconMicrophoneOff size={16} />
      <span className={screenCss.hidden}>{i18n._('microphone off')}</span>
    </>
  );
}

function Video({
  video,
  stream,
  mirrored,
  dim,
  name,
}: {
  video: RefObject<HTMLVideoElement | null>;
  stream: MediaStream | null;
  mirrored: boolean;
  dim: boolean;
  name: string;
}) {
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    element.srcObject = stream;
    // Some browsers pause a picture whose stream was exchanged; without sound it may always play.
    if (stream !== null) element.play().catch(() => undefined);
  }, [stream, video]);
  return (
    <video
      ref={video}
      className={css.video}
      data-mirrored={mirrored}
      data-dim={dim}
      aria-label={i18n._('Picture of {name}', { name })}
      hidden={stream === null}
      autoPlay
      playsInline
      muted
    />
  );
}

/** What is said over a big picture in plain words, and what the program does about it. */
function pictureWords({ own, name, picture }: PictureView): string | null {
  switch (picture) {
    case 'fine':
      return null;
    case 'connecting':
      return i18n._('Connecting to {name}…', { name });
    case 'interrupted':
      return i18n._('The connection to {name} is interrupted. Connecting again…', { name });
    case 'away':
      return i18n._('{name}’s connection is interrupted. Waiting for {name} to come back…', { name });
    case 'failed':
      return i18n._('There is no way through to {name} at the moment. Still trying…', { name });
    case 'opening':
      return i18n._('The camera is opening…');
    case 'camera-off':
      return own ? i18n._('Your camera is off') : i18n._('{name} has the camera off', { name });
    case 'no-camera':
      return own ? i18n._('You are here without a camera') : i18n._('{name} is here without a camera', { name });
  }
}
