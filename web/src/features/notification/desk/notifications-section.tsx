import { i18n } from '@lingui/core';
import { useAsk } from '#web/desk-ui/desk-context.tsx';
import { Section } from '#web/desk-ui/page.tsx';
import { useMe } from '#web/features/access/desk/index.ts';
import { deviceStorage } from '#web/stream/outbox-drawer.ts';
import { NotificationSettings } from '../notification-settings-page.tsx';

const storage = deviceStorage();

/** On the account page: what this member is told of, and how. */
export function NotificationsSection() {
  const ask = useAsk();
  const { member } = useMe();
  return (
    <Section
      title={i18n._('Notifications')}
      about={i18n._('Choose what reaches you which way. What you do yourself is not told to you.')}
    >
      <NotificationSettings side="staff" ask={ask} owner={member.id} scope="/" storage={storage} />
    </Section>
  );
}
