import { expect, test } from 'vitest';
import { accepted, refused } from '#contract/errors.ts';
import { changePreferences, defaultPreferences, type Preferences } from '#contract/notification/http.ts';
import { createAsk } from '#web/http/client.ts';
import { openPreferences } from './preferences.ts';

/** A server that keeps preferences, or refuses to. */
function server(isRefusing = () => false) {
  const kept: Preferences[] = [];
  const ask = createAsk({
    fetch: async (_input, init) => {
      if (init?.method !== 'PUT') return Response.json(defaultPreferences);
      const outcome = isRefusing() ? refused('unavailable') : accepted(null);
      if (!outcome.ok) return Response.json({ error: { code: outcome.code } }, { status: 503 });
      const body = changePreferences.body.parse(JSON.parse(String(init.body)));
      kept.push(body);
      return Response.json(body);
    },
  });
  return { ask, kept };
}
const settled = async () => {
  for (let turns = 0; turns < 50; turns += 1) await Promise.resolve().then(() => new Promise(setImmediate));
};
const live = new AbortController().signal;

test('a choice is shown and kept at once, and of several the latest is kept last', async () => {
  const { ask, kept } = server();
  const model = openPreferences(live, ask);
  await settled();
  model.choose('message', 'mail', true);
  model.choose('message', 'push', false);
  expect(model.get().chosen?.message).toEqual({ page: true, push: false, mail: true });
  await settled();
  expect(kept.at(-1)?.message).toEqual({ page: true, push: false, mail: true });
});

test('a choice that could not be kept is taken back, with the reason', async () => {
  const { ask } = server(() => true);
  const model = openPreferences(live, ask);
  await settled();
  model.choose('request', 'mail', false);
  await settled();
  expect(model.get()).toMatchObject({ chosen: defaultPreferences, refusal: { code: 'unavailable' } });
});
