/** A clock that moves only when a test says so. */
export interface TestClock {
  readonly now: () => Date;
  advance(milliseconds: number): void;
}

/** Starts at a moment that is not now, so that whoever reads the real clock by mistake is found out. */
export function testClock(start = '2031-03-04T08:00:00.000Z'): TestClock {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    advance: (milliseconds) => {
      at += milliseconds;
    },
  };
}
