import { expect, test, vi } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import { SessionId } from '#contract/ids.ts';
import type { RecordingState } from '#contract/recording/http.ts';
import { watchRecordings } from './watching.ts';

const sessionId = SessionId.parse('00000000-0000-4000-8000-000000000001');

function setUp(answers: (RecordingState[] | 'lost')[]) {
  const life = new AbortController();
  const asked: string[] = [];
  const ask = async (route: { path: string }, { query }: { query?: { after: number } }): Promise<Outcome<unknown>> => {
    asked.push(`${route.path.split('/').at(-1)}${query === undefined ? '' : ` ${query.after}`}`);
    if (route.path.endsWith('/events')) {
      const after = query?.after ?? 0;
      return accepted({ events: [{ seq: after + 1 }], upTo: after + 1, more: after === 0 });
    }
    const states = answers.shift() ?? 'lost';
    return states === 'lost' ? refused('unavailable') : accepted({ recordings: states.map((state) => ({ state })) });
  };
  const { watched, refresh } = watchRecordings(life.signal, {
    ask: ask as never,
    sessionId,
    pause: async () => undefined,
  });
  return { life, asked, watched, refresh };
}

test('a recording that is being made is asked for until it is there, with the whole transcript', async () => {
  const { asked, watched } = setUp([['finishing'], 'lost', ['ready']]);
  await vi.waitFor(() => expect(watched.get()).toMatchObject({ recordings: [{ state: 'ready' }], events: [{}, {}] }));
  expect(asked).toEqual(['recordings', 'events 0', 'events 1', 'recordings', 'recordings', 'events 0', 'events 1']);
});

test('where nothing was recorded, the transcript is not asked for', async () => {
  const { asked, watched } = setUp([[]]);
  await vi.waitFor(() => expect(watched.get()).toEqual({ at: 'ready', recordings: [], events: [] }));
  expect(asked).toEqual(['recordings']);
});

test('what can’t be read is said to be so, and can be asked for again', async () => {
  const { watched, refresh } = setUp(['lost', ['erased']]);
  await vi.waitFor(() => expect(watched.get().at).toBe('failed'));
  refresh();
  await vi.waitFor(() => expect(watched.get()).toMatchObject({ recordings: [{ state: 'erased' }] }));
});

test('after its life nothing is shown any more', async () => {
  const { life, watched } = setUp([['ready']]);
  life.abort();
  await Promise.resolve();
  expect(watched.get().at).toBe('loading');
});
