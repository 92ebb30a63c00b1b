import { i18n } from '@lingui/core';
import { useEffect, useRef } from 'react';
import { elapsed, formatDuration, untilNextSecond } from '#core/session/duration.ts';
import type { SessionModel } from './session-model.ts';

/** B2: how long the session has been in progress. Writes itself on the second, past the components. */
export function Duration({ facts, className }: { facts: SessionModel; className?: string | undefined }) {
  const shown = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const life = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tick = () => {
      clearTimeout(timer);
      const clock = facts.log.get();
      const ms = elapsed(clock, Date.now(), facts.offset.get());
      if (shown.current !== null) {
        shown.current.hidden = ms === null;
        shown.current.textContent = formatDuration(ms ?? 0);
      }
      // Asleep in a pocket a phone's timers stand still; each tick reads the clock anew, so none is counted twice.
      if (ms !== null && clock.endedAt === null && !life.signal.aborted)
        timer = setTimeout(tick, untilNextSecond(clock, Date.now(), facts.offset.get()));
    };
    const stops = [facts.log.subscribe(tick), facts.offset.subscribe(tick)];
    tick();
    return () => {
      life.abort();
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [facts]);
  return <time ref={shown} className={className} role="timer" aria-live="off" aria-label={i18n._('Duration')} hidden />;
}
