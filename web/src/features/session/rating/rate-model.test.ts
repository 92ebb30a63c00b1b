import { describe, expect, it } from 'vitest';
import { accepted, type Outcome, refused } from '#contract/errors.ts';
import type { Rating } from '#contract/session/rating.ts';
import type { Ask } from '#web/http/client.ts';
import { instant, noon, sessionId } from '../fixtures.ts';
import { asksWhatWentWrong, createRateModel } from './rate-model.ts';

const rating = (part: Partial<Rating> = {}): Rating => ({
  stars: 2,
  comment: 'Dark',
  wentWrong: ['picture'],
  by: 'Jon',
  at: instant(noon),
  ...part,
});

function model(given: Rating | null, answer: Outcome<Rating> = accepted(rating())) {
  const sent: object[] = [];
  const ask = (async (_route: object, { body }: { body: object }) => {
    sent.push(body);
    await Promise.resolve();
    return answer;
  }) as Ask;
  return { rate: createRateModel(ask, sessionId, given), sent };
}

describe('A9 rating a session', () => {
  it('asks what went wrong of those who are not content', () => {
    expect([null, 1, 2, 3, 4, 5].map(asksWhatWentWrong)).toEqual([false, true, true, true, false, false]);
  });

  it('sends nothing without stars, and once when asked twice', async () => {
    const { rate, sent } = model(null);
    await rate.send();
    expect(sent).toEqual([]);
    rate.fill({ stars: 2, comment: 'Dark' });
    rate.toggle('picture');
    rate.toggle('sound');
    rate.toggle('sound');
    await Promise.all([rate.send(), rate.send()]);
    expect(sent).toMatchObject([{ stars: 2, comment: 'Dark', wentWrong: ['picture'] }]);
    expect(rate.get()).toMatchObject({ given: { stars: 2 }, draft: null, busy: false });
  });

  it('forgets what went wrong when it was good after all', async () => {
    const { rate, sent } = model(rating());
    rate.change();
    expect(rate.get().draft).toEqual({ stars: 2, comment: 'Dark', wentWrong: ['picture'] });
    rate.fill({ stars: 5 });
    await rate.send();
    expect(sent).toMatchObject([{ stars: 5, wentWrong: [] }]);
  });

  it('keeps what was filled in when it could not be sent', async () => {
    const { rate } = model(null, refused('unavailable'));
    rate.fill({ stars: 4, comment: 'Quick' });
    await rate.send();
    expect(rate.get()).toMatchObject({ given: null, draft: { stars: 4, comment: 'Quick' }, busy: false });
    expect(rate.get().refusal?.code).toBe('unavailable');
  });

  it('takes over what another tab gave, unless something is being filled in', () => {
    const { rate } = model(null);
    rate.adopt(rating());
    expect(rate.get()).toMatchObject({ given: { stars: 2 }, draft: null });
    rate.change();
    rate.adopt(rating({ stars: 5, at: instant(noon + 1) }));
    expect(rate.get().draft?.stars).toBe(2);
    rate.keep();
    rate.adopt(rating({ stars: 5, at: instant(noon + 1) }));
    expect(rate.get()).toMatchObject({ given: { stars: 5 }, draft: null });
  });
});
