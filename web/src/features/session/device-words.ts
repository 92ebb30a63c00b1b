import { i18n } from '@lingui/core';
import type { DeviceNotice, Reason } from '#web/call/index.ts';

/** Why there is no picture or sound, and the way out, in plain words. */
export function troubleWords(what: 'microphone' | 'camera', reason: Reason): { said: string; help: string | null } {
  const mic = what === 'microphone';
  switch (reason) {
    case 'denied':
      return {
        said: mic ? i18n._('This page may not use the microphone.') : i18n._('This page may not use the camera.'),
        help: mic
          ? i18n._('Tap the icon to the left of the address, allow the microphone, and reload the page.')
          : i18n._('Tap the icon to the left of the address, allow the camera, and reload the page.'),
      };
    case 'missing':
      return {
        said: mic ? i18n._('No microphone was found.') : i18n._('No camera was found.'),
        help: i18n._('Plug one in, or join without it.'),
      };
    case 'in-use':
      return {
        said: mic ? i18n._('Another program is using the microphone.') : i18n._('Another program is using the camera.'),
        help: i18n._('Close the other program or tab, then try again.'),
      };
    case 'insecure':
      return {
        said: mic
          ? i18n._('The browser gives the microphone to secure pages only.')
          : i18n._('The browser gives the camera to secure pages only.'),
        help: i18n._('Open the address that begins with https://, or join without it.'),
      };
    case 'no-support':
      return {
        said: mic
          ? i18n._('This browser has no microphone for pages.')
          : i18n._('This browser has no camera for pages.'),
        help: i18n._('Use a current Chrome, Edge, Firefox or Safari.'),
      };
    case 'unplugged':
      return {
        said: mic ? i18n._('The microphone was unplugged.') : i18n._('The camera was unplugged.'),
        help: i18n._('Plug it in again, or choose another one.'),
      };
    case 'unknown':
      return {
        said: mic ? i18n._('The microphone could not be opened.') : i18n._('The camera could not be opened.'),
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
