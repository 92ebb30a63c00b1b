import { describe, expect, it } from 'vitest';
import type { Attempt } from '#contract/call/index.ts';
import {
  concerns,
  IDLE,
  isPolite,
  type Negotiation,
  onAnswer,
  onCandidates,
  onOffer,
  openAttempt,
  openRound,
  type Place,
} from './negotiation.ts';
import { hear, LATE_MS, NO_PAGE, type Pages } from './pages.ts';

/** A small repeatable source of chance (mulberry32). */
function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Message extends Place {
  readonly kind: 'offer' | 'answer' | 'restart';
  readonly page: string;
  readonly to: string | null;
}

/** What a page does with the decisions; `link` is what its peer connection would hold: the attempt and round both sides applied. */
class Side {
  state: Negotiation = IDLE;
  pages: Pages = NO_PAGE;
  link: Place | null = null;
  highest = 0;
  readonly out: Message[] = [];
  readonly page: string;
  readonly polite: boolean;
  constructor(page: string, polite: boolean) {
    this.page = page;
    this.polite = polite;
  }
  private say(kind: Message['kind'], place: Place, to = this.pages.current): void {
    this.out.push({ kind, attempt: place.attempt, round: place.round, page: this.page, to });
  }
  private repeat(to = this.pages.current): void {
    if (this.state.phase === 'offering') this.say('offer', this.state, to);
  }
  open(): void {
    this.highest += 1;
    this.state = openAttempt({ n: this.highest, by: this.page });
    this.link = null;
    this.repeat();
  }
  restartIce(): void {
    const next = openRound(this.state);
    if (!next) return;
    this.state = next;
    this.repeat();
  }
  /** Nobody answers: whoever is there now may hear it. */
  tick(): void {
    this.repeat(null);
  }
  receive(message: Message, now: number): void {
    const heard = hear(this.pages, this.page, message, now);
    if (heard.heard === 'no') return;
    this.pages = heard.pages;
    if (heard.heard === 'new-page') {
      this.state = IDLE;
      this.link = null;
    }
    this.highest = Math.max(this.highest, message.attempt.n);
    if (message.kind === 'restart') {
      if (concerns(this.state, message)) this.open();
      return;
    }
    if (message.kind === 'answer') {
      const { act, next } = onAnswer(this.state, message);
      this.state = next;
      if (act === 'ask-restart') this.say('restart', message);
      if (act === 'apply') this.link = { attempt: message.attempt, round: message.round };
      return;
    }
    const { act, next } = onOffer(this.state, this.polite, message);
    this.state = next;
    if (act === 'repeat-offer') this.repeat();
    if (act === 'reopen') this.open();
    if (act === 'ask-restart') this.say('restart', message);
    if (act === 'open' || act === 'answer') this.link = { attempt: message.attempt, round: message.round };
    if (act === 'open' || act === 'answer' || act === 'repeat-answer') this.say('answer', message);
  }
}

function settledTogether(a: Side, b: Side): void {
  expect(a.state.phase).toBe('settled');
  expect(b.state.phase).toBe('settled');
  expect(a.link).toEqual(b.link);
  expect(a.link).not.toBeNull();
}

/** Two sides over a network that reorders, doubles and loses. */
class Play {
  a = new Side('a0', isPolite('a', 'b'));
  b = new Side('b0', isPolite('b', 'a'));
  private pages = 1;
  private now = 0;
  private readonly flying: { to: 'a' | 'b'; message: Message }[] = [];
  private readonly random: () => number;
  constructor(seed: number) {
    this.random = chance(seed);
  }
  private collect(): void {
    for (const message of this.a.out.splice(0)) this.flying.push({ to: 'b', message });
    for (const message of this.b.out.splice(0)) this.flying.push({ to: 'a', message });
  }
  private pick(): { to: 'a' | 'b'; message: Message } | undefined {
    return this.flying.splice(Math.floor(this.random() * this.flying.length), 1)[0];
  }
  private deliver(): void {
    const picked = this.pick();
    if (!picked) return;
    if (this.random() < 0.1) this.flying.push(picked);
    (picked.to === 'a' ? this.a : this.b).receive(picked.message, this.now);
  }
  /** The newcomer always opens an attempt; the page before says nothing more, but its signals may still be under way. */
  private reload(side: Side): void {
    const fresh = new Side(`${side.page}-${this.pages++}`, side.polite);
    if (side === this.a) this.a = fresh;
    else this.b = fresh;
    fresh.open();
  }
  /** One random wish or event. */
  stir(reloads: boolean): void {
    this.collect();
    const side = this.random() < 0.5 ? this.a : this.b;
    const dice = this.random();
    if (dice < 0.55) this.deliver();
    else if (dice < 0.65) side.restartIce();
    else if (dice < 0.75) side.open();
    else if (dice < 0.85) side.tick();
    else if (dice < 0.95) this.pick();
    else if (reloads) this.reload(side);
  }
  /** What a timer sees: an unanswered offer, nothing at all, or a connection that the other side no longer has. */
  private look(side: Side, other: Side): void {
    const apart = JSON.stringify(side.link) !== JSON.stringify(other.link);
    if (side.state.phase === 'idle' || (side.state.phase === 'settled' && apart)) side.open();
    else side.tick();
  }
  /** Nobody wishes anything more: what flies arrives, in any order, and the timers do their part. */
  calm(): void {
    for (let i = 0; i < 20; i++) {
      this.collect();
      while (this.flying.length > 0) {
        this.deliver();
        this.collect();
      }
      this.now += LATE_MS / 3;
      this.look(this.a, this.b);
      this.look(this.b, this.a);
    }
  }
}

function play(seed: number, reloads: boolean): [Side, Side] {
  const game = new Play(seed);
  game.a.open();
  if (seed % 2 === 0) game.b.open();
  for (let i = 0; i < 40; i++) game.stir(reloads);
  game.calm();
  return [game.a, game.b];
}

describe('negotiation', () => {
  it('ends on one attempt for both, whatever the order, the doublets and the losses', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const [a, b] = play(seed, false);
      settledTogether(a, b);
    }
  });

  it('survives reloads of either page in the middle of it', () => {
    for (let seed = 1; seed <= 3000; seed++) {
      const [a, b] = play(seed, true);
      settledTogether(a, b);
    }
  });

  it('settles glare in every order of delivery without a timer', () => {
    // Both opened at once; deliver what is in the air in each possible order, to a depth that ends every line of play.
    const explore = (moves: readonly number[]): number => {
      const a = new Side('a0', false);
      const b = new Side('b0', true);
      a.open();
      b.open();
      const air: { to: Side; message: Message }[] = [];
      const collect = () => {
        for (const message of a.out.splice(0)) air.push({ to: b, message });
        for (const message of b.out.splice(0)) air.push({ to: a, message });
      };
      collect();
      for (const move of moves) {
        const [picked] = air.splice(move, 1);
        picked?.to.receive(picked.message, 0);
        collect();
      }
      if (air.length === 0) {
        settledTogether(a, b);
        expect(a.link?.attempt.by).toBe('a0');
        return 1;
      }
      return air.reduce((sum, _message, index) => sum + explore([...moves, index]), 0);
    };
    expect(explore([])).toBeGreaterThan(3);
  });

  it('opens a new attempt on the polite side when both restart ICE', () => {
    const attempt: Attempt = { n: 1, by: 'a0' };
    const offering: Negotiation = { phase: 'offering', attempt, round: 1, mine: true };
    expect(onOffer(offering, true, { attempt, round: 1 }).act).toBe('reopen');
    expect(onOffer(offering, false, { attempt, round: 1 }).act).toBe('repeat-offer');
    expect(onOffer({ ...offering, phase: 'settled' }, true, { attempt, round: 2 }).act).toBe('answer');
  });

  it('applies only the answer to the offer that is out', () => {
    const state = openAttempt({ n: 3, by: 'a0' });
    expect(onAnswer(state, { attempt: { n: 3, by: 'a0' }, round: 1 }).act).toBe('ignore');
    const { act, next } = onAnswer(state, { attempt: { n: 3, by: 'a0' }, round: 0 });
    expect(act).toBe('apply');
    expect(onAnswer(next, { attempt: { n: 3, by: 'a0' }, round: 0 }).act).toBe('ignore');
  });

  it('does not let anybody wait on an attempt that was given up', () => {
    const given = { attempt: { n: 2, by: 'a0' }, round: 0 };
    expect(onAnswer(openAttempt({ n: 3, by: 'a0' }), given).act).toBe('ask-restart');
    expect(onAnswer(IDLE, given).act).toBe('ask-restart');
  });

  it('asks for a new attempt when it is offered a restart of one it never saw', () => {
    expect(onOffer(IDLE, true, { attempt: { n: 4, by: 'a0' }, round: 2 }).act).toBe('ask-restart');
  });

  it('holds candidates until their description is there, and drops those of an older attempt', () => {
    const attempt: Attempt = { n: 2, by: 'a0' };
    const state = openAttempt(attempt);
    expect(onCandidates(IDLE, -1, { attempt, round: 0 })).toBe('hold');
    expect(onCandidates(state, -1, { attempt, round: 0 })).toBe('hold');
    expect(onCandidates(state, 0, { attempt, round: 0 })).toBe('add');
    expect(onCandidates(state, 0, { attempt, round: 1 })).toBe('hold');
    expect(onCandidates(state, 0, { attempt: { n: 1, by: 'b0' }, round: 0 })).toBe('drop');
    expect(onCandidates(state, 0, { attempt: { n: 3, by: 'b0' }, round: 0 })).toBe('hold');
  });
});

describe('pages of the other side', () => {
  const signal = { page: 'b1', to: 'a1' };
  const replaced = () => {
    const first = hear(NO_PAGE, 'a1', signal, 0);
    if (first.heard !== 'yes') throw new Error('not heard');
    const second = hear(first.pages, 'a1', { page: 'b2', to: null }, 1000);
    if (second.heard !== 'new-page') throw new Error('not a new page');
    return second.pages;
  };
  it('takes a new page, and not what the old one said late', () => {
    expect(hear(replaced(), 'a1', signal, 2000).heard).toBe('no');
    expect(hear(replaced(), 'a1', { page: 'b2', to: 'a1' }, 2000).heard).toBe('yes');
  });
  it('takes a page back that goes on speaking', () => {
    expect(hear(replaced(), 'a1', signal, 1000 + LATE_MS).heard).toBe('new-page');
  });
  it('leaves alone what was meant for a page that was here before', () => {
    expect(hear(NO_PAGE, 'a2', signal, 0).heard).toBe('no');
  });
});
