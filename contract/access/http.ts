import * as z from 'zod/mini';
import { defineRoute } from '../define-route.ts';
import { CodeId, DeviceId, InvitationId, LoginId, MemberId, RequestId } from '../ids.ts';
import { limits } from '../limits.ts';
import { Email, Instant, Name, Password, SearchText } from '../text.ts';

export const Role = z.enum(['admin', 'co-admin', 'expert']);
export type Role = z.infer<typeof Role>;

export const Organization = z.object({ name: z.string() });
export const Me = z.object({
  member: z.object({ id: MemberId, name: z.string(), email: z.string(), role: Role }),
  organization: Organization,
});
export type Me = z.infer<typeof Me>;

/** A secret in an address: base64url, at least 128 bits (22 characters). */
export const LinkSecret = z.string().check(z.regex(/^[A-Za-z0-9_-]{22,64}$/));
/** Typed by hand: 8 characters without look-alikes (no 0 O 1 I L U); spaces, dashes and case don't matter. */
export const ShortCode = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(40)),
    z.transform((typed: string) => typed.toUpperCase().replace(/[\s-]/g, '')),
  ),
  z.string().check(z.regex(/^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}$/)),
);

const secretParams = z.object({ secret: LinkSecret });

export const setupState = defineRoute({
  method: 'GET',
  path: '/api/setup/:secret',
  params: secretParams,
  reply: z.object({ open: z.literal(true) }),
});
export const setUp = defineRoute({
  method: 'POST',
  path: '/api/setup/:secret',
  params: secretParams,
  body: z.object({ requestId: RequestId, organization: Name, name: Name, email: Email, password: Password }),
  reply: Me,
});

export const signIn = defineRoute({
  method: 'POST',
  path: '/api/sign-in',
  body: z.object({ email: Email, password: z.string().check(z.maxLength(limits.passwordMaxLength)) }),
  reply: Me,
});
/** C9: sends a link for a new password to the address, if a member has it; the answer is the same if not. */
export const askForReset = defineRoute({
  method: 'POST',
  path: '/api/password-resets',
  body: z.object({ email: Email }),
});
export const resetState = defineRoute({
  method: 'GET',
  path: '/api/password-resets/:secret',
  params: secretParams,
  reply: z.object({ email: z.string() }),
});
/** Sets the new password, signs out every login of the member and signs this browser in. The link works once. */
export const resetPassword = defineRoute({
  method: 'POST',
  path: '/api/password-resets/:secret',
  params: secretParams,
  body: z.object({ requestId: RequestId, password: Password }),
  reply: Me,
});
export const signOut = defineRoute({ method: 'POST', path: '/api/sign-out', body: z.object({}) });
export const readMe = defineRoute({ method: 'GET', path: '/api/me', reply: Me });
export const updateMe = defineRoute({
  method: 'PATCH',
  path: '/api/me',
  body: z.object({
    requestId: RequestId,
    name: z.optional(Name),
    /** Both or none: a new password asks for the present one, and signs out every other login. */
    password: z.optional(
      z.object({ present: z.string().check(z.maxLength(limits.passwordMaxLength)), next: Password }),
    ),
  }),
  reply: Me,
});

export const Login = z.object({
  id: LoginId,
  device: z.string(),
  address: z.string(),
  signedInAt: Instant,
  lastSeenAt: Instant,
  current: z.boolean(),
});
export const listLogins = defineRoute({
  method: 'GET',
  path: '/api/logins',
  reply: z.object({ logins: z.array(Login) }),
});
export const revokeLogin = defineRoute({
  method: 'DELETE',
  path: '/api/logins/:loginId',
  params: z.object({ loginId: LoginId }),
});

export const Member = z.object({
  id: MemberId,
  name: z.string(),
  email: z.string(),
  role: Role,
  active: z.boolean(),
  /** Granted by an admin; admins always may. */
  mayRecord: z.boolean(),
  createdAt: Instant,
});
export type Member = z.infer<typeof Member>;
export const listMembers = defineRoute({
  method: 'GET',
  path: '/api/members',
  reply: z.object({ members: z.array(Member) }),
});
/** Switching a member off signs them out everywhere at once. */
export const updateMember = defineRoute({
  method: 'PATCH',
  path: '/api/members/:memberId',
  params: z.object({ memberId: MemberId }),
  body: z.object({
    requestId: RequestId,
    role: z.optional(Role),
    active: z.optional(z.boolean()),
    mayRecord: z.optional(z.boolean()),
  }),
  reply: Member,
});

export const Invitation = z.object({
  id: InvitationId,
  email: z.string(),
  role: Role,
  invitedBy: z.string(),
  expiresAt: Instant,
});
export const listInvitations = defineRoute({
  method: 'GET',
  path: '/api/invitations',
  reply: z.object({ invitations: z.array(Invitation) }),
});
/** The link is shown this once; only its hash is kept. Inviting the same address again replaces the earlier invitation. */
export const invite = defineRoute({
  method: 'POST',
  path: '/api/invitations',
  body: z.object({ requestId: RequestId, email: Email, role: Role }),
  reply: z.object({ invitation: Invitation, link: z.string() }),
});
export const revokeInvitation = defineRoute({
  method: 'DELETE',
  path: '/api/invitations/:invitationId',
  params: z.object({ invitationId: InvitationId }),
});
export const readInvitation = defineRoute({
  method: 'GET',
  path: '/api/invitation-links/:secret',
  params: secretParams,
  reply: z.object({ organization: Organization, email: z.string(), role: Role }),
});
export const acceptInvitation = defineRoute({
  method: 'POST',
  path: '/api/invitation-links/:secret',
  params: secretParams,
  body: z.object({ requestId: RequestId, name: Name, password: Password }),
  reply: Me,
});

export const Code = z.object({
  id: CodeId,
  name: z.string(),
  enabled: z.boolean(),
  /** Absolute address of the code's page, as in the QR code. */
  link: z.string(),
  shortCode: z.string(),
  /** A12: its users may call directly, where the organization's policy allows it at all. */
  directCall: z.boolean(),
  openTickets: z.int(),
  createdAt: Instant,
});
export type Code = z.infer<typeof Code>;
const codeParams = z.object({ codeId: CodeId });
export const listCodes = defineRoute({
  method: 'GET',
  path: '/api/codes',
  query: z.object({ search: z.optional(SearchText) }),
  reply: z.object({ codes: z.array(Code) }),
});
export const readCode = defineRoute({ method: 'GET', path: '/api/codes/:codeId', params: codeParams, reply: Code });
export const createCode = defineRoute({
  method: 'POST',
  path: '/api/codes',
  body: z.object({ requestId: RequestId, name: Name }),
  reply: Code,
});
export const updateCode = defineRoute({
  method: 'PATCH',
  path: '/api/codes/:codeId',
  params: codeParams,
  body: z.object({
    requestId: RequestId,
    name: z.optional(Name),
    enabled: z.optional(z.boolean()),
    directCall: z.optional(z.boolean()),
  }),
  reply: Code,
});
/** New link and new short code; who holds the old ones has no access any more. */
export const rotateCode = defineRoute({
  method: 'POST',
  path: '/api/codes/:codeId/rotate',
  params: codeParams,
  body: z.object({ requestId: RequestId }),
  reply: Code,
});
/** Files, not JSON: GET /api/codes/:codeId/qr.png, /api/codes/:codeId/qr.svg; the printable label is the desk page /codes/:codeId/label. */
export const codePicturePaths = { png: '/api/codes/:codeId/qr.png', svg: '/api/codes/:codeId/qr.svg' } as const;

/** What opens a code: the secret of its link, or the short code typed by hand (throttled by address and device). */
export const CodeKey = z.union([z.object({ link: LinkSecret }), z.object({ shortCode: ShortCode })]);
export const openCode = defineRoute({
  method: 'POST',
  path: '/api/code/open',
  body: CodeKey,
  reply: z.object({
    organization: Organization,
    code: z.object({ id: CodeId, name: z.string(), linkPath: z.string() }),
    /** The display name given on this device before; null asks for one. */
    displayName: z.nullable(z.string()),
    /** This device has entered the code already. */
    entered: z.boolean(),
  }),
});
export const CodeUser = z.object({ deviceId: DeviceId, codeId: CodeId, displayName: z.string() });
/** Gives (or changes) the display name of the device and makes it a user of the code. */
export const enterCode = defineRoute({
  method: 'POST',
  path: '/api/code/enter',
  body: z.object({ requestId: RequestId, key: CodeKey, displayName: Name }),
  reply: CodeUser,
});
