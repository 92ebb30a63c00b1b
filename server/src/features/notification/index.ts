import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import type { PostPush } from '../../ports/push-post.ts';
import type { Sessions } from '../session/index.ts';
import type { Tickets } from '../ticket/index.ts';
import { serveMailState } from './mail-routes.ts';
import { mayAskerKnow } from './may-know.ts';
import { gatherNews, News } from './news.ts';
import type { NotificationParts } from './notification-parts.ts';
import { notify } from './notify.ts';
import { servePreferences } from './preferences.ts';
import { deliverPush, Push } from './push.ts';
import { openPushKeys } from './push-keys.ts';
import { servePush } from './push-routes.ts';

/** C4: who is told of what, by the ways they chose. All of it follows from what is logged; no feature calls this one. */
export function registerNotifications(
  app: App,
  parts: FeatureParts & { readonly postPush: PostPush },
  sessions: Pick<Sessions, 'onLogged'>,
  tickets: Pick<Tickets, 'onLogged'>,
): void {
  const mine: NotificationParts = { ...parts, pushKeys: openPushKeys(parts.database) };
  parts.mails.askBefore((sessionId) => mayAskerKnow(parts.database, sessionId));
  gatherNews(parts.jobs, sessions, tickets);
  parts.jobs.work(parts.signal, 'notify', News, (news) => notify(mine, news));
  parts.jobs.work(parts.signal, 'push', Push, (push) => deliverPush(mine, push));
  servePreferences(app, mine);
  servePush(app, mine);
  serveMailState(app, mine);
}
