import { expect, test } from 'vitest';
import type { SessionEventBody } from '#contract/session/events.ts';
import * as log from '#core/recording/fixtures.ts';
import { emptyLog, extendLog, type SessionLog } from '#core/session/transcript.ts';
import { createStore } from '#web/state/store.ts';
import '#web/i18n.ts';
import { jonsSession } from '../session/fixtures.ts';
import { tellRecording } from './tell.ts';

test('a no is told politely to all, differently to the one who said it; what was before is not told', () => {
  for (const [self, words] of [
    [log.jon, 'Thank you. Nothing of you is recorded.'],
    [log.anna, 'Somebody would rather not be recorded.'],
  ] as const) {
    const book = log.logBook();
    const facts = {
      log: createStore<SessionLog>(emptyLog),
      session: createStore(jonsSession({ you: { ...jonsSession().you, participantId: self } })),
    };
    const said: string[] = [];
    const happen = (...bodies: SessionEventBody[]) =>
      facts.log.set(
        extendLog(
          facts.log.get(),
          bodies.map((body) => book.add(body)),
        ),
      );
    tellRecording(new AbortController().signal, {
      facts: facts as never,
      toasts: { say: (text: string) => said.push(text) } as never,
      announce: () => undefined,
    });
    happen(log.joins(log.anna), log.joins(log.jon), log.asks(), log.answers(log.jon, 'no'), log.ends('declined'));
    expect(said).toEqual([]);
    happen(log.asks());
    happen(log.answers(log.jon, 'no'));
    happen(log.ends('declined'));
    expect(said.splice(0)).toEqual([words, 'There is no recording. The session goes on as before.']);
    happen(log.asks(), log.answers(log.jon, 'yes'), log.begins(), log.joins(log.mia), log.ends('declined'));
    expect(said).toEqual(['The recording has ended: not everybody wants it. The session goes on.']);
  }
});
