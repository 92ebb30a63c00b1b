import { i18n } from '@lingui/core';
import { useId } from 'react';
import { useStore } from '#web/state/use-store.ts';
import { LanguageSelect } from '#web/ui/language-select.tsx';
import { DeviceFields } from './device-fields.tsx';
import { useRoom } from './room.ts';
import * as css from './settings-panel.module.css';
import type { Corner } from './stage.ts';

/** Devices, and how the screen is arranged. */
export function SettingsPanel({ corner, moveTo }: { corner: Corner; moveTo: (corner: Corner) => void }) {
  const { own, shortcuts, unheard } = useRoom();
  const enabled = useStore(shortcuts.enabled);
  const { malformed, 'too-many': tooMany } = useStore(unheard);
  const id = useId();
  const corners: readonly [Corner, string][] = [
    ['top-left', i18n._('Top left')],
    ['top-right', i18n._('Top right')],
    ['bottom-left', i18n._('Bottom left')],
    ['bottom-right', i18n._('Bottom right')],
  ];
  return (
    <div className={css.settings}>
      <DeviceFields own={own} />
      <div className={css.field}>
        <label htmlFor={id}>{i18n._('Place of the small picture')}</label>
        <select
          id={id}
          value={corner}
          onChange={(event) => {
            const chosen = corners.find(([one]) => one === event.currentTarget.value);
            if (chosen !== undefined) moveTo(chosen[0]);
          }}
        >
          {corners.map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <div className={css.field}>
        <label htmlFor={`${id}-language`}>{i18n._('Language')}</label>
        <LanguageSelect id={`${id}-language`} />
      </div>
      <label className={css.check}>
        <input
          type="checkbox"
          checked={enabled}
          onChange={(event) => shortcuts.setEnabled(event.currentTarget.checked)}
        />
        {i18n._('Keys: M switches the microphone, C the camera')}
      </label>
      {malformed + tooMany > 0 ? (
        <p className={css.note}>
          {i18n._('Parts of your drawings that the other side did not get: {count}', {
            count: malformed + tooMany,
          })}
        </p>
      ) : null}
    </div>
  );
}
