import { i18n } from '@lingui/core';
import type { DeviceNotice, Reason } from '#web/call/index.ts';

/** What a trouble is about. */
export type What = 'microphone' | 'camera' | 'both';

/** Why there is no picture or sound, and the way out, in plain words. */
export function troubleWords(what: What, reason: Reason): { said: string; help: string } {
  const choose = (words: Readonly<Record<What, string>>) => words[what];
  switch (reason) {
    case 'denied':
      return {
        said: choose({
          microphone: i18n._('This page may not use the microphone.'),
          camera: i18n._('This page may not use the camera.'),
          both: i18n._('This page may not use camera and microphone.'),
        }),
        help: i18n._('Tap the icon to the left of the address, allow it there, then try again.'),
      };
    case 'missing':
      return {
        said: choose({
          microphone: i18n._('No microphone was found.'),
          camera: i18n._('No camera was found.'),
          both: i18n._('Neither camera nor microphone was found.'),
        }),
        help: i18n._('Plug one in, or go on without.'),
      };
    case 'in-use':
      return {
        said: choose({
          microphone: i18n._('Another program is using the microphone.'),
          camera: i18n._('Another program is using the camera.'),
          both: i18n._('Another program is using camera and microphone.'),
        }),
        help: i18n._('Close the other program or tab, then try again.'),
      };
    case 'insecure':
      return {
        said: choose({
          microphone: i18n._('Browsers give the microphone to secure pages only.'),
          camera: i18n._('Browsers give the camera to secure pages only.'),
          both: i18n._('Browsers give camera and microphone to secure pages only.'),
        }),
        help: i18n._('Open the address that begins with https://, or go on without.'),
      };
    case 'no-support':
      return {
        said: choose({
          microphone: i18n._('This browser has no microphone for pages.'),
          camera: i18n._('This browser has no camera for pages.'),
          both: i18n._('This browser has no camera and microphone for pages.'),
        }),
        help: i18n._('Use a current Chrome, Edge, Firefox or Safari.'),
      };
    case 'unplugged':
      return {
        said: choose({
          microphone: i18n._('The microphone was unplugged.'),
          camera: i18n._('The camera was unplugged.'),
          both: i18n._('Camera and microphone were unplugged.'),
        }),
        help: i18n._('Plug it in again, or choose another one.'),
      };
    case 'unknown':
      return {
        said: choose({
          microphone: i18n._('The microphone could not be opened.'),
          camera: i18n._('The camera could not be opened.'),
          both: i18n._('Camera and microphone could not be opened.'),
        }),
        help: i18n._('Try again, or choose another one.'),
      };
  }
}

/** What happened to a device by itself. */
export function noticeWords(notice: DeviceNotice): string {
  switch (notice.kind) {
    case 'replaced':
      return i18n._('{lost} is gone. Now in use: {by}', { lost: notice.lost, by: notice.by });
    case 'lost':
      return i18n._('{lost} is gone.', { lost: notice.lost });
    case 'refused':
      return `${troubleWords(notice.what, notice.reason).said} ${i18n._('The one before stays in use.')}`;
  }
}
