import { i18n } from '@lingui/core';
import { type ComponentProps, useState } from 'react';
import type { NotificationSettings } from '#web/features/notification/notification-settings-page.tsx';
import type { Ask } from '#web/http/client.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { IconButton } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { drawn } from '#web/ui/icon-frame.tsx';

const IconBell = drawn('M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5h-14zM10 20.5a2 2 0 0 0 4 0M12 5.5v-2');

type Settings = (props: ComponentProps<typeof NotificationSettings>) => ReturnType<typeof NotificationSettings>;
const storage = deviceStorage();

/** C4: where this device's person chooses what they are told of. What is behind the bell is loaded when it is rung. */
export function NotificationBell({ ask, deviceId }: { readonly ask: Ask; readonly deviceId: string }) {
  const [settings, setSettings] = useState<{ readonly Shown: Settings } | null>(null);
  const open = async () => {
    const loaded = await import('#web/features/notification/notification-settings-page.tsx');
    setSettings({ Shown: loaded.NotificationSettings });
  };
  return (
    <>
      <IconButton label={i18n._('Notifications')} icon={<IconBell size={22} />} onClick={() => void open()} />
      {settings !== null && (
        <Dialog title={i18n._('Notifications')} onClose={() => setSettings(null)}>
          <settings.Shown side="customer" ask={ask} owner={deviceId} scope="/c/" storage={storage} />
        </Dialog>
      )}
    </>
  );
}
