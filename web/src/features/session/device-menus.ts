import { i18n } from '@lingui/core';
import type { DeviceChoice, DevicesState } from '#web/call/index.ts';
import type { MenuItem, MenuSection } from '#web/ui/menu.tsx';
import type { OwnDevices } from './own-devices.ts';

/** B3: the microphones and speakers to choose from, the one in use ticked. */
export function microphoneSections(devices: DevicesState, own: OwnDevices): MenuSection[] {
  const { microphones, microphone, speakers, speakerId } = devices;
  const inUse = 'id' in microphone ? microphone.id : null;
  const sections = [
    section('microphone', i18n._('Microphone'), microphones, inUse, (id) => void own.chooseMicrophone(id)),
  ];
  if (speakers.length > 0) {
    const all = speakers.some((one) => one.id === speakerId) ? speakers : [systemSpeaker(), ...speakers];
    sections.push(section('speaker', i18n._('Speaker'), all, speakerId, own.chooseSpeaker));
  }
  return sections;
}

/** B3: the cameras to choose from, the one in use ticked. */
export function cameraSections({ cameras, camera }: DevicesState, own: OwnDevices): MenuSection[] {
  const inUse = 'id' in camera ? camera.id : null;
  return [section('camera', i18n._('Camera'), cameras, inUse, (id) => void own.chooseCamera(id))];
}

/** What a device is called; browsers hide the names until one may be used. */
export function deviceName({ label }: DeviceChoice, at: number): string {
  return label === '' ? i18n._('Device {number}', { number: at + 1 }) : label;
}

/** The speaker that the system chooses. */
export function systemSpeaker(): DeviceChoice {
  return { id: '', label: i18n._('As the system has it') };
}

function section(
  key: string,
  heading: string,
  choices: readonly DeviceChoice[],
  inUse: string | null,
  choose: (id: string) => void,
): MenuSection {
  const items: MenuItem[] = choices.map((choice, at) => ({
    key: `${key} ${choice.id}`,
    label: deviceName(choice, at),
    checked: choice.id === inUse,
    onSelect: () => choose(choice.id),
  }));
  const none = { key: `${key} none`, label: i18n._('None was found'), disabled: true, onSelect: () => {} };
  return { key, heading, items: items.length > 0 ? items : [none] };
}
