import * as z from 'zod/mini';
import { facingSchema } from '#contract/call/index.ts';

const deviceId = z.nullable(z.string().check(z.maxLength(512)));

const choiceSchema = z.object({
  microphoneId: deviceId,
  cameraId: deviceId,
  speakerId: deviceId,
  facing: z.nullable(facingSchema),
});

/** The devices a person chose in this browser; null where they never chose. */
export type Choice = z.infer<typeof choiceSchema>;

export interface ChoiceMemory {
  read(): Choice;
  write(choice: Choice): void;
}

const KEY = 'sightglass.devices';
const NOTHING: Choice = { microphoneId: null, cameraId: null, speakerId: null, facing: null };

/** Remembers the choice in the browser's storage, or for this page only where storage is closed to us. */
export function createChoiceMemory(storage: () => Storage): ChoiceMemory {
  let choice: Choice | null = null;
  return {
    read() {
      if (choice) return choice;
      try {
        const parsed = choiceSchema.safeParse(JSON.parse(storage().getItem(KEY) ?? 'null'));
        choice = parsed.success ? parsed.data : NOTHING;
      } catch {
        choice = NOTHING;
      }
      return choice;
    },
    write(next) {
      choice = next;
      try {
        storage().setItem(KEY, JSON.stringify(next));
      } catch {
        // Private windows refuse; the choice then lasts as long as the page.
      }
    },
  };
}
