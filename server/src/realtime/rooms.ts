import type { CodeId, DeviceId, LoginId, MemberId, ParticipantId, StreamId, TabId } from '#contract/ids.ts';

/**
 * The only makers of realtime room names. A room is who hears; `Room` has no other source, so telling a
 * hand-typed room does not compile.
 */
declare const room: unique symbol;
export type Room = string & { readonly [room]: true };
const make = (name: string): Room => name as Room;

/** The two kinds of listeners of a stream. Something internal is told to its staff only. */
export type Audience = 'staff' | 'public';

export const staffOf = (streamId: StreamId): Room => make(`stream:${streamId}:staff`);
export const publicOf = (streamId: StreamId): Room => make(`stream:${streamId}:public`);
export const roomOf = (streamId: StreamId, audience: Audience): Room =>
  audience === 'staff' ? staffOf(streamId) : publicOf(streamId);

/** Every member's lists. */
export const desks: Room = make('desks');
/** The lists of a code's users. */
export const codeUsersOf = (codeId: CodeId): Room => make(`code:${codeId}`);
/** All pages of one member: what is told to them alone. */
export const memberRoom = (memberId: MemberId): Room => make(`member:${memberId}`);
/** The sockets of one signed-in browser, of one device, of one participant, of one of their tabs. */
export const loginRoom = (loginId: LoginId): Room => make(`login:${loginId}`);
export const deviceRoom = (deviceId: DeviceId): Room => make(`device:${deviceId}`);
export const participantRoom = (participantId: ParticipantId): Room => make(`participant:${participantId}`);
export const tabRoom = (participantId: ParticipantId, tabId: TabId): Room => make(`tab:${participantId}:${tabId}`);
