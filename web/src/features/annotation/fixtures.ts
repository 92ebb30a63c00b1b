import type { Drawing, Shape } from '#contract/annotation/drawing.ts';
import { DrawingId, PictureId } from '#contract/annotation/ids.ts';
import { DeviceId, MemberId, ParticipantId, SessionId } from '#contract/ids.ts';
import type { Person } from '#contract/person.ts';
import { framePoint } from '#core/geometry/points.ts';

/* People, pictures and drawings for tests of this feature. */

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const sessionId = SessionId.parse(uuid(1));
export const annaId = ParticipantId.parse(uuid(11));
export const jonId = ParticipantId.parse(uuid(12));
export const anna: Person = { kind: 'member', id: MemberId.parse(uuid(21)), name: 'Anna' };
export const jon: Person = { kind: 'codeUser', id: DeviceId.parse(uuid(22)), name: 'Jon' };
export const pictureId = PictureId.parse(uuid(31));
export const drawingId = (n: number) => DrawingId.parse(uuid(100 + n));

/** A drawing on Jon's camera. */
export const drawing = (n: number, shape: Shape = { tool: 'mark', at: framePoint(0.5, 0.5), number: n }): Drawing => ({
  id: drawingId(n),
  surface: { kind: 'camera', participantId: jonId, pictureId },
  shape,
  style: { colour: 'yellow', width: 'medium' },
});
