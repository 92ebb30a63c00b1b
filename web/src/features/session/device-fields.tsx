import { i18n } from '@lingui/core';
import { useEffect, useId, useRef } from 'react';
import { type DeviceChoice, type Reason, watchLevel } from '#web/call/index.ts';
import { useStore } from '#web/state/use-store.ts';
import * as css from './device-fields.module.css';
import { deviceName, systemSpeaker } from './device-menus.ts';
import { troubleWords, type What } from './device-words.ts';
import type { OwnDevices } from './own-devices.ts';

/** Camera, microphone with its meter, and speaker to choose; unless `quiet`, with the way out when one can't be had. */
export function DeviceFields({ own, quiet = false }: { own: OwnDevices; quiet?: boolean }) {
  const devices = useStore(own.state);
  const { microphone, camera, microphones, cameras, speakers, speakerId } = devices;
  return (
    <div className={css.fields}>
      <Field
        label={i18n._('Camera')}
        choices={cameras}
        value={'id' in camera ? camera.id : ''}
        choose={(id) => void own.chooseCamera(id)}
      />
      {quiet ? null : <Troubles own={own} />}
      <Field
        label={i18n._('Microphone')}
        choices={microphones}
        value={'id' in microphone ? microphone.id : ''}
        choose={(id) => void own.chooseMicrophone(id)}
      />
      <MicrophoneMeter own={own} />
      {speakers.length === 0 ? null : (
        <Field
          label={i18n._('Speaker')}
          choices={speakers.some((one) => one.id === speakerId) ? speakers : [systemSpeaker(), ...speakers]}
          value={speakerId}
          choose={own.chooseSpeaker}
        />
      )}
    </div>
  );
}

function Field({
  label,
  choices,
  value,
  choose,
}: {
  label: string;
  choices: readonly DeviceChoice[];
  value: string;
  choose: (id: string) => void;
}) {
  const id = useId();
  const known = choices.some((one) => one.id === value);
  return (
    <div className={css.field}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={known ? value : ''}
        disabled={choices.length === 0}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {known ? null : (
          <option value="">{choices.length === 0 ? i18n._('None was found') : i18n._('None in use')}</option>
        )}
        {choices.map((choice, at) => (
          <option key={choice.id} value={choice.id}>
            {deviceName(choice, at)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Why camera or microphone can't be had, and what to do; said once when it is the same for both. */
export function Troubles({ own }: { own: OwnDevices }) {
  const { camera, microphone } = useStore(own.state);
  const wish = useStore(own.wish);
  const both = wish.camera && wish.microphone && camera.at === 'failed' && microphone.at === 'failed';
  if (!both || camera.reason !== microphone.reason) {
    return (
      <>
        <Trouble what="camera" own={own} />
        <Trouble what="microphone" own={own} />
      </>
    );
  }
  const again = () => {
    own.setCamera(true);
    own.setMicrophone(true);
  };
  return <TroubleBox what="both" reason={camera.reason} again={again} />;
}

/** Why one can't be had; nothing while it works or is not wanted. */
function Trouble({ what, own }: { what: 'microphone' | 'camera'; own: OwnDevices }) {
  const source = useStore(own.state)[what];
  const wanted = useStore(own.wish)[what];
  if (source.at !== 'failed' || !wanted) return null;
  const again = () => (what === 'camera' ? own.setCamera(true) : own.setMicrophone(true));
  return <TroubleBox what={what} reason={source.reason} again={again} />;
}

function TroubleBox({ what, reason, again }: { what: What; reason: Reason; again: () => void }) {
  const { said, help } = troubleWords(what, reason);
  return (
    <div className={css.trouble} role="status">
      <p>
        <b>{said}</b> {help}
      </p>
      {reason === 'insecure' || reason === 'no-support' ? null : (
        <button type="button" onClick={again}>
          {i18n._('Try again')}
        </button>
      )}
    </div>
  );
}

/** Says in words and by a bar that the microphone hears something. */
function MicrophoneMeter({ own }: { own: OwnDevices }) {
  const { at } = useStore(own.state).microphone;
  if (at !== 'on' && at !== 'muted') return null;
  return (
    <p className={css.meter}>
      <MicrophoneLevel own={own} />
      <span>{at === 'muted' ? i18n._('The microphone is off.') : i18n._('Say something: the bar moves.')}</span>
    </p>
  );
}

/** How loud it is at the microphone. Moves past the components, 16 times a second. */
export function MicrophoneLevel({ own }: { own: OwnDevices }) {
  const track = useStore(own.tracks).audio;
  const on = useStore(own.state).microphone.at === 'on';
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const shown = bar.current;
    if (track === null || !on || shown === null) return;
    const life = new AbortController();
    watchLevel(life.signal, track, (level) => shown.style.setProperty('--level', level.toFixed(2)));
    return () => {
      life.abort();
      shown.style.setProperty('--level', '0');
    };
  }, [track, on]);
  return <span className={css.bar} ref={bar} aria-hidden="true" />;
}
