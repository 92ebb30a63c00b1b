import * as z from 'zod/mini';

/** A random UUID. Every identifier that crosses a border has this form; the brand says what it names. */
const uuid = <Brand extends string>() => z.uuid().brand<Brand>();

export const MemberId = uuid<'MemberId'>();
export const LoginId = uuid<'LoginId'>();
export const InvitationId = uuid<'InvitationId'>();
export const CodeId = uuid<'CodeId'>();
export const DeviceId = uuid<'DeviceId'>();
export const TicketId = uuid<'TicketId'>();
export const SessionId = uuid<'SessionId'>();
export const ParticipantId = uuid<'ParticipantId'>();
/** One open page of one person; made by the page, lives as long as the browser's tab (survives its reload). */
export const TabId = uuid<'TabId'>();
/** Made by the client for one wish to change something; repeating it is harmless. */
export const RequestId = uuid<'RequestId'>();
/** A ticket or a session, where only its list of events matters. */
export const StreamId = uuid<'StreamId'>();

export type MemberId = z.infer<typeof MemberId>;
export type LoginId = z.infer<typeof LoginId>;
export type InvitationId = z.infer<typeof InvitationId>;
export type CodeId = z.infer<typeof CodeId>;
export type DeviceId = z.infer<typeof DeviceId>;
export type TicketId = z.infer<typeof TicketId>;
export type SessionId = z.infer<typeof SessionId>;
export type ParticipantId = z.infer<typeof ParticipantId>;
export type TabId = z.infer<typeof TabId>;
export type RequestId = z.infer<typeof RequestId>;
export type StreamId = z.infer<typeof StreamId>;
