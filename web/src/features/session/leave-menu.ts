import { i18n } from '@lingui/core';
import { refusalWords } from '#web/http/refusal-words.ts';
import type { MenuSection } from '#web/ui/menu.tsx';
import type { Room } from './room.ts';

/** B6: employees leave alone or end the session for all. */
export function leaveSections({ screen, toasts }: Pick<Room, 'screen' | 'toasts'>): MenuSection[] {
  const endForAll = async () => {
    const refusal = await screen.end();
    if (refusal !== null) toasts.say(refusalWords(refusal), 'trouble');
  };
  return [
    {
      key: 'leave',
      items: [
        { key: 'leave', label: i18n._('Leave'), onSelect: () => void screen.leave() },
        { key: 'end', label: i18n._('End for all'), onSelect: () => void endForAll() },
      ],
    },
  ];
}
