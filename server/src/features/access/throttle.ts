import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { accepted, type Outcome } from '#contract/errors.ts';

/** How many failures are allowed in how many seconds. */
export interface Limit {
  readonly points: number;
  readonly seconds: number;
}

/**
 * A short code has 30^8 values: 2,000 guesses an hour at 1,000 codes hit one in some 37 years on average. The limits for
 * everybody don't hold those who were here before, so that an attack can't shut out the present users.
 */
export const usualLimits = {
  accountAtAddress: { points: 10, seconds: 900 },
  account: { points: 50, seconds: 3600 },
  address: { points: 100, seconds: 900 },
  shortCodeDevice: { points: 10, seconds: 900 },
  shortCodeAddress: { points: 20, seconds: 900 },
  shortCodeEverybody: { points: 2000, seconds: 3600 },
  newDevices: { points: 300, seconds: 3600 },
  resetAccount: { points: 5, seconds: 3600 },
  resetAddress: { points: 30, seconds: 3600 },
} as const satisfies Record<string, Limit>;
export type Limits = Readonly<Record<keyof typeof usualLimits, Limit>>;

/** Something that may fail a few times only. Whoever succeeds calls `forgive`: then it was no failure. */
export type Attempt = Outcome<{ forgive(): Promise<void> }>;

export interface Throttles {
  /** `familiar`: the account has signed in from this address before. */
  signIn(what: { email: string; address: string; familiar: boolean }): Promise<Attempt>;
  shortCode(what: { address: string; deviceId: string | null }): Promise<Attempt>;
  newDevice(what: { address: string }): Promise<Attempt>;
  /** Each one is a mail to somebody, and counts. */
  passwordReset(what: { email: string; address: string }): Promise<Attempt>;
}

interface Gate {
  readonly limiter: RateLimiterMemory;
  readonly key: string;
  /** One success clears all failures before it, instead of only its own. */
  readonly consecutive?: boolean;
}

/** Throttles in this process's memory; a start forgets them. */
export function openThrottles(limits: Limits = usualLimits): Throttles {
  const limiterOf = ({ points, seconds }: Limit) => new RateLimiterMemory({ points, duration: seconds });
  const accountAtAddress = limiterOf(limits.accountAtAddress);
  const account = limiterOf(limits.account);
  const address = limiterOf(limits.address);
  const shortCodeDevice = limiterOf(limits.shortCodeDevice);
  const shortCodeAddress = limiterOf(limits.shortCodeAddress);
  const shortCodeEverybody = limiterOf(limits.shortCodeEverybody);
  const newDevices = limiterOf(limits.newDevices);
  const resetAccount = limiterOf(limits.resetAccount);
  const resetAddress = limiterOf(limits.resetAddress);
  return {
    // Many people share one address (NAT) and anybody can try anybody's e-mail: the two wider limits would let one bad one lock out
    // others, so they hold only where the account was never signed in from.
    signIn: (what) =>
      attempt([
        { limiter: accountAtAddress, key: `${what.address} ${what.email}`, consecutive: true },
        ...(what.familiar
          ? []
          : [
              { limiter: account, key: what.email },
              { limiter: address, key: what.address },
            ]),
      ]),
    shortCode: (what) =>
      attempt([
        ...(what.deviceId === null ? [] : [{ limiter: shortCodeDevice, key: what.deviceId }]),
        { limiter: shortCodeAddress, key: what.address },
        ...(what.deviceId === null ? [{ limiter: shortCodeEverybody, key: 'everybody' }] : []),
      ]),
    newDevice: (what) => attempt([{ limiter: newDevices, key: what.address }]),
    passwordReset: (what) =>
      attempt([
        { limiter: resetAccount, key: what.email },
        { limiter: resetAddress, key: what.address },
      ]),
  };
}

/** Passes all gates or none: what one gate refuses isn't counted at the wider ones. */
async function attempt(gates: readonly Gate[]): Promise<Attempt> {
  const passed: Gate[] = [];
  const giveBack = () => Promise.all(passed.map(({ limiter, key }) => limiter.reward(key)));
  for (const gate of gates) {
    try {
      await gate.limiter.consume(gate.key);
      passed.push(gate);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      await giveBack();
      return { ok: false, code: 'too-many', retryAfterSeconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) };
    }
  }
  return accepted({
    forgive: async () => {
      await giveBack();
      for (const { limiter, key, consecutive } of passed) if (consecutive === true) await limiter.delete(key);
    },
  });
}
