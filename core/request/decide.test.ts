import { describe, expect, test } from 'vitest';
import { accepted, refused } from '#contract/errors.ts';
import { MemberId } from '#contract/ids.ts';
import { type Answerer, decideAnswer, type RequestDeed, type RequestFacts } from './decide.ts';

const now = new Date('2031-03-04T08:00:00.000Z');
const soon = new Date('2031-03-05T09:00:00.000Z');
const nora = MemberId.parse('11111111-1111-4111-8111-111111111111');
const carl = MemberId.parse('22222222-2222-4222-8222-222222222222');
const asNora: Answerer = { as: 'expert', id: nora };
const asCarl: Answerer = { as: 'expert', id: carl };
const asker: Answerer = { as: 'codeUser' };

const asked: RequestFacts = { status: 'requested', wishedAt: null, proposal: null, answeredBy: null };
const offered: RequestFacts = { ...asked, answeredBy: nora, proposal: { by: 'expert', times: [soon.toISOString()] } };
const countered: RequestFacts = { ...offered, proposal: { by: 'codeUser', times: [soon.toISOString()] } };
const scheduled: RequestFacts = { ...asked, status: 'scheduled', answeredBy: nora };
const agree = (at = soon): RequestDeed => ({ kind: 'agree', at });
const decide = (facts: RequestFacts, by: Answerer, deed: RequestDeed['kind'] | RequestDeed) =>
  decideAnswer(facts, by, typeof deed === 'string' ? plain(deed) : deed, now);
const plain = (kind: RequestDeed['kind']): RequestDeed => (kind === 'agree' ? agree() : { kind });

const done = accepted('done');
const taken = accepted('taken');

describe('A11 who has a request', () => {
  test('any employee answers what nobody has answered', () => {
    for (const kind of ['accept', 'decline', 'propose'] as const) expect(decide(asked, asCarl, kind)).toEqual(done);
  });
  test('who answered first has it; the others are told, whatever they answer', () => {
    for (const status of ['requested', 'accepted', 'scheduled', 'waiting', 'live', 'ended', 'declined'] as const)
      for (const kind of ['accept', 'decline', 'propose', 'agree'] as const)
        expect(decide({ ...offered, status }, asCarl, kind)).toEqual(taken);
  });
  test('who has it may answer otherwise while nothing is agreed', () => {
    for (const kind of ['accept', 'decline', 'propose'] as const) expect(decide(offered, asNora, kind)).toEqual(done);
  });
  test("the asker's counter-proposal is for any employee again", () => {
    expect(decide(countered, asCarl, 'accept')).toEqual(done);
    expect(decide(countered, asCarl, 'agree')).toEqual(done);
    expect(decide({ ...countered, status: 'scheduled' }, asCarl, 'agree')).toEqual(done);
  });
  test('what ended by itself was taken by nobody', () => {
    for (const status of ['cancelled', 'missed', 'expired'] as const)
      expect(decide({ ...offered, status, proposal: null }, asCarl, 'accept')).toEqual(refused('not-in-this-state'));
  });
});

describe('A11 what can be answered when', () => {
  const table = {
    accept: ['requested'],
    decline: ['requested'],
    propose: ['requested', 'scheduled'],
    agree: ['requested', 'scheduled'],
    withdraw: ['requested', 'accepted', 'scheduled'],
  } as const;
  const statuses = ['requested', 'accepted', 'scheduled', 'waiting', 'live', 'ended', 'declined', 'expired'] as const;
  test.each(Object.entries(table))('%s', (kind, open) => {
    const facts = { ...offered, answeredBy: nora };
    const by = kind === 'withdraw' || kind === 'agree' ? asker : asNora;
    for (const status of statuses) {
      const isOpen = (open as readonly string[]).includes(status);
      const deed = plain(kind as RequestDeed['kind']);
      expect([status, decide({ ...facts, status }, by, deed).ok]).toEqual([status, isOpen]);
    }
  });
});

describe('A11 to which time one can agree', () => {
  const not = refused('malformed', 'at');
  test('to one that the other side has proposed, not to one of the own', () => {
    expect(decide(offered, asker, agree())).toEqual(done);
    expect(decide(offered, asNora, agree())).toEqual(not);
    expect(decide(countered, asNora, agree())).toEqual(done);
    expect(decide(countered, asker, agree())).toEqual(not);
    expect(decide(offered, asker, agree(new Date(soon.getTime() + 1)))).toEqual(not);
    expect(decide(asked, asker, agree())).toEqual(not);
    expect(decide(scheduled, asker, agree())).toEqual(not);
  });
  test('an employee to the time wished for, until the asker has proposed others', () => {
    const wished = { ...asked, wishedAt: soon };
    expect(decide(wished, asCarl, agree())).toEqual(done);
    expect(decide({ ...offered, wishedAt: soon, proposal: { by: 'expert', times: [] } }, asNora, agree())).toEqual(
      done,
    );
    const others: RequestFacts['proposal'] = { by: 'codeUser', times: ['2031-03-06T09:00:00.000Z'] };
    expect(decide({ ...wished, proposal: others }, asCarl, agree())).toEqual(not);
    expect(decide(wished, asker, agree())).toEqual(not);
  });
  test('to none that is over', () => {
    const late = new Date(soon.getTime() + 1);
    expect(decideAnswer(offered, asker, agree(), late)).toEqual(not);
  });
});
