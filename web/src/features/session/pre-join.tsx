import { i18n } from '@lingui/core';
import { useEffect, useMemo, useRef } from 'react';
import type { Refusal } from '#contract/errors.ts';
import type { SourceState } from '#web/call/index.ts';
import { refusalWords } from '#web/http/refusal-words.ts';
import { useStore } from '#web/state/use-store.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { Button } from '#web/ui/button.tsx';
import { IconFlip } from '#web/ui/call-icons.tsx';
import { DeviceFields, MicrophoneLevel, Troubles } from './device-fields.tsx';
import { isOn } from './own-devices.ts';
import * as css from './pre-join.module.css';
import { useRoom } from './room.ts';
import type { PersonHere } from './session-model.ts';
import { StatusBar } from './status-bar.tsx';
import { CameraButton, Control, MicrophoneButton } from './switches.tsx';
import { isMirror } from './views.ts';

/** C1: before joining: one's own picture, the microphone's meter, the devices, and one big button that works at once. */
export function PreJoin({ joining, refusal }: { joining: boolean; refusal: Refusal | null }) {
  const room = useRoom();
  const { facts, own, screen } = room;
  const session = useStore(facts.session);
  const people = useStore(facts.people);
  const wish = useStore(own.wish);
  const devices = useStore(own.state);
  const elsewhere = refusal?.code === 'in-another-tab' || (refusal === null && session.you.inAnotherTab);
  return (
    <main className={css.page}>
      <StatusBar facts={facts} />
      <Preview />
      <div className={css.side}>
        <p className={css.who} role="status">
          {elsewhere ? i18n._('You are in this session in another tab') : whoWords(people, session.you.as)}
        </p>
        <Troubles own={own} />
        {elsewhere ? (
          <p className={css.note}>{i18n._('Bring it here to go on in this tab. The other one then steps back.')}</p>
        ) : refusal === null ? null : (
          <p className={css.note} role="alert">
            {joining ? i18n._('The server can’t be reached at the moment. Trying again…') : refusalWords(refusal)}
          </p>
        )}
        <div className={css.join}>
          <Button id="join" kind="primary" wide busy={joining} onClick={() => void screen.join(elsewhere)}>
            {elsewhere
              ? i18n._('Bring the session here')
              : joinWords(isOn('microphone', wish, devices), isOn('camera', wish, devices))}
          </Button>
        </div>
        <details className={css.devices} open={room.roomy}>
          <summary>{i18n._('Camera, microphone and speaker')}</summary>
          <DeviceFields own={own} quiet />
        </details>
      </div>
    </main>
  );
}

/** One's own picture and what is wrong with the devices, outside of a call. */
export function OwnPicture() {
  const { own } = useRoom();
  return (
    <>
      <Preview />
      <Troubles own={own} />
    </>
  );
}

function Preview() {
  const room = useRoom();
  const { own } = room;
  const devices = useStore(own.state);
  const wish = useStore(own.wish);
  const { video } = useStore(own.tracks);
  const { you } = useStore(room.facts.session);
  const element = useRef<HTMLVideoElement>(null);
  const stream = useMemo(() => (video === null ? null : new MediaStream([video])), [video]);
  useEffect(() => {
    if (element.current !== null) element.current.srcObject = stream;
  }, [stream]);
  return (
    <section className={css.preview} aria-label={i18n._('Your picture')}>
      <video
        ref={element}
        hidden={stream === null}
        data-mirrored={isMirror(devices.facing, you.as)}
        aria-label={i18n._('Picture of your camera')}
        autoPlay
        playsInline
        muted
      />
      {stream === null ? (
        <p className={css.noPicture}>
          <Avatar name={you.name} size={80} />
          {previewWords(wish.camera, devices.camera.at)}
        </p>
      ) : null}
      <div className={css.switches}>
        <MicrophoneButton
          on={isOn('microphone', wish, devices)}
          toggle={room.toggleMicrophone}
          level={<MicrophoneLevel own={own} />}
        />
        <CameraButton on={isOn('camera', wish, devices)} toggle={room.toggleCamera} />
        {devices.canFlip ? (
          <Control caption={i18n._('Flip')} icon={<IconFlip />} onClick={() => void own.flipCamera()} />
        ) : null}
      </div>
    </section>
  );
}

function previewWords(wanted: boolean, at: SourceState['at']): string {
  if (!wanted) return i18n._('Your camera is off');
  return at === 'failed' ? i18n._('No picture') : i18n._('The camera is opening…');
}

function whoWords(people: readonly PersonHere[], as: 'expert' | 'codeUser'): string {
  const there = people.filter((one) => !one.own && one.presence !== 'left').map((one) => one.name);
  const [first] = there;
  if (first === undefined) return nobodyWords(as);
  if (there.length === 1) return i18n._('{name} is waiting for you', { name: first });
  return i18n._('Already there: {names}', { names: there.join(', ') });
}

function nobodyWords(as: 'expert' | 'codeUser'): string {
  return as === 'expert'
    ? i18n._('Nobody is here yet. The customer sees it as soon as you join.')
    : i18n._('Nobody is here yet. The other side sees it as soon as you join.');
}

function joinWords(microphone: boolean, camera: boolean): string {
  if (microphone && camera) return i18n._('Join');
  if (microphone) return i18n._('Join without camera');
  return camera ? i18n._('Join without microphone') : i18n._('Join without camera and microphone');
}
