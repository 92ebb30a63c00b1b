import * as z from 'zod/mini';
import { DeviceId, MemberId } from './ids.ts';

/** Who did or said something, with the name as it was then. `system` is Sightglass itself (a time-out, a clock). */
export const Person = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member'), id: MemberId, name: z.string() }),
  z.object({ kind: z.literal('codeUser'), id: DeviceId, name: z.string() }),
  z.object({ kind: z.literal('system') }),
]);
export type Person = z.infer<typeof Person>;
