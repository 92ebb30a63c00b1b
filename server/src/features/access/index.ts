import type { Language } from '#contract/language.ts';
import type { Actor } from '#core/access/actor.ts';
import type { FeatureParts } from '../../feature-parts.ts';
import type { App } from '../../http/app-type.ts';
import { serveInvitationLinks } from './accept-invitation.ts';
import type { AccessParts, CountOpenTickets } from './access-parts.ts';
import { findActor } from './actor-of.ts';
import { serveCodePictures } from './code-picture.ts';
import { serveCodes } from './codes.ts';
import { serveCodeEntry } from './enter-code.ts';
import { serveInvitations } from './invitations.ts';
import { serveLogins } from './logins.ts';
import { serveMembers } from './members.ts';
import { serveOwnAccount } from './own-account.ts';
import { servePasswordReset } from './password-reset.ts';
import { preparePasswords } from './passwords.ts';
import { servePolicies } from './policies.ts';
import { serveSetUp } from './set-up.ts';
import { serveSignIn } from './sign-in.ts';
import { type Limits, openThrottles } from './throttle.ts';

export { codeLinkPath, usersOf as devicesOfCode } from './codes.ts';
export { languageOf } from './language.ts';
export { organizationName } from './organization.ts';
export { readPoliciesOf } from './policies.ts';
export { pruneAccess } from './prune.ts';
/** For foreign keys and joins of the features above; they never write here. */
export { code, codeUser, device, login, member } from './tables.ts';

/** Who is who, for everything else on the server. */
export interface Access {
  /**
   * Who asks: by the login's cookie, or the device's; `as === 'code'` asks for the device in any case. The language that
   * their page says they read is kept.
   */
  actorOf(
    cookies: Readonly<Record<string, string | undefined>>,
    as: string | string[] | undefined,
    language?: Language | null,
  ): Promise<Actor>;
  /** `/setup/<secret>` while no organization exists. The secret is new with every start and kept in memory only. */
  setupPath(): Promise<string | null>;
  /** Tickets lie above this feature: they say how to count a code's open ones. Until then there are none. */
  countOpenTicketsBy(count: CountOpenTickets): void;
}

/** Registers the routes of the feature; tests hand in lower limits. */
export function registerAccess(app: App, parts: FeatureParts, limits?: Limits): Access {
  let countOpenTickets: CountOpenTickets = async () => new Map();
  const mine: AccessParts = {
    ...parts,
    throttles: openThrottles(limits),
    countOpenTickets: (codeIds) => countOpenTickets(codeIds),
  };
  preparePasswords().catch((error: unknown) => parts.log.error({ err: error }, 'passwords cannot be hashed here'));
  const { setupPath } = serveSetUp(app, mine);
  serveSignIn(app, mine);
  servePasswordReset(app, mine);
  serveOwnAccount(app, mine);
  serveLogins(app, mine);
  serveMembers(app, mine);
  servePolicies(app, mine);
  serveInvitations(app, mine);
  serveInvitationLinks(app, mine);
  serveCodes(app, mine);
  serveCodePictures(app, mine);
  serveCodeEntry(app, mine);
  return {
    actorOf: (cookies, as, language) => findActor(parts, cookies, as, language),
    setupPath,
    countOpenTicketsBy: (count) => {
      countOpenTickets = count;
    },
  };
}
