import { eq } from 'drizzle-orm';
import { accepted, refused } from '#contract/errors.ts';
import { readMailState, sendTestMail } from '#contract/notification/http.ts';
import { transact } from '../../database/transact.ts';
import type { App } from '../../http/app-type.ts';
import { serve } from '../../http/serve.ts';
import { member, organizationName } from '../access/index.ts';
import type { NotificationParts } from './notification-parts.ts';
import { mayRunMails } from './policy.ts';
import { testMail } from './words.ts';

/** Managers see how mails leave this server, and try it out. */
export function serveMailState(app: App, parts: NotificationParts): void {
  serve(app, readMailState, async ({ actor }) => {
    const may = mayRunMails(actor);
    return may.ok ? accepted(await parts.mails.state()) : may;
  });
  serve(app, sendTestMail, async ({ actor, language }) => {
    const may = mayRunMails(actor);
    if (!may.ok) return may;
    return transact(parts, async (change) => {
      const [me] = await change.sql.select({ email: member.email }).from(member).where(eq(member.id, may.value.id));
      if (me === undefined) return refused('not-signed-in');
      await parts.mails.send(change, testMail(language, me.email, await organizationName(change.sql)));
      return accepted({});
    });
  });
}
