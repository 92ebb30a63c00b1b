import { i18n } from '@lingui/core';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from '#web/state/use-store.ts';
import { IconButton } from '#web/ui/button.tsx';
import { IconClose } from '#web/ui/icons.tsx';
import { openSender } from './browser-sender.ts';
import * as css from './kept.module.css';
import type { Sender } from './sender.ts';
import { keptWords } from './words.ts';

/** Sends what this device still keeps of earlier sessions, and says so while it is not there, on any page. */
export function bringKept(life: AbortSignal): void {
  const sender = openSender(life, () => undefined);
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  root.render(<Kept sender={sender} />);
  life.addEventListener(
    'abort',
    () => {
      root.unmount();
      place.remove();
    },
    { once: true },
  );
}

function Kept({ sender }: { sender: Sender }) {
  const onItsWay = useStore(sender.onItsWay);
  const [closed, close] = useState(false);
  const many = new Set(onItsWay.map(({ screenshotId }) => screenshotId)).size;
  if (many === 0 || closed) return null;
  return (
    <div className={css.kept} role="status">
      <p>
        {keptWords(onItsWay) ??
          i18n._('{many, plural, one {# screenshot goes} other {# screenshots go}} up now', { many })}
      </p>
      <IconButton label={i18n._('Close')} icon={<IconClose size={20} />} onClick={() => close(true)} />
    </div>
  );
}
