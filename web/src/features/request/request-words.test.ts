import { describe, expect, it } from 'vitest';
import '../../i18n.ts';
import { hours, nora, now, proposal, request } from './fixtures.ts';
import { countdownWords, standingOf, waitedWords } from './request-words.ts';

const standing = (more: Record<string, unknown>) => standingOf(request(more), now);

describe('A11 where a request stands, in words for its asker', () => {
  it('waits, and says until when', () => {
    const { tone, title, text } = standing({});
    expect([tone, title]).toEqual(['waiting', 'Waiting for an answer']);
    expect(text).toMatch(/^You get an answer by .+ at the latest\.$/);
  });

  it('asks for a choice among proposed times', () => {
    expect(standing({ proposal: proposal('expert', hours(3), hours(5)) })).toMatchObject({
      tone: 'yours',
      title: 'Nora Lind proposes 2 times. Which one suits you?',
    });
    expect(standing({ proposal: proposal('expert', hours(3)) }).title).toBe(
      'Nora Lind proposes a time. Does it suit you?',
    );
    expect(standing({ proposal: proposal('codeUser', hours(3)) })).toMatchObject({ tone: 'waiting' });
  });

  it('counts down to the agreed time', () => {
    const planned = standing({ status: 'scheduled', scheduledFor: hours(3), answeredBy: nora });
    expect(planned.title).toMatch(/^Planned: Today, /);
    expect(planned.text).toBe('It begins in 3 h, with Nora Lind.');
    expect(countdownWords(0)).toBe('It begins now');
  });

  it('names who declined, and says what to do after an end without an answer', () => {
    expect(standing({ status: 'declined', answeredBy: nora }).title).toBe('Nora Lind can’t take this request');
    for (const status of ['declined', 'expired', 'missed'])
      expect(standing({ status })).toMatchObject({ tone: 'over', text: expect.stringMatching(/again|another time/) });
    for (const status of ['accepted', 'waiting', 'live']) expect(standing({ status }).tone).toBe('yours');
  });

  it('says how long something waits', () => {
    expect(waitedWords(20_000)).toBe('less than a minute');
    expect(waitedWords(59 * 60_000 + 59_000)).toBe('59 min');
    expect(waitedWords(65 * 60_000)).toBe('1 h 5 min');
    expect(waitedWords(72 * 3_600_000)).toBe('3 days');
  });
});
