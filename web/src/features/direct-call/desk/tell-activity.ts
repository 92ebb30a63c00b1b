import { directCallLimits as limits } from '#contract/direct-call/limits.ts';
import type { Connection } from '#web/realtime/connection.ts';

const DOING = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the server that its employee does something here, now and then; opening the page is something, too. */
export function tellActivity(signal: AbortSignal, connection: Connection, page: EventTarget = window): void {
  let doneAt = Date.now();
  let toldAt = 0;
  const tell = () => {
    toldAt = Date.now();
    void connection.ask('active', {});
  };
  const onDoing = () => {
    doneAt = Date.now();
    if (doneAt - toldAt >= limits.activeEveryMs) tell();
  };
  for (const name of DOING) page.addEventListener(name, onDoing, { signal, passive: true, capture: true });
  // A server that was started anew knows nobody; a page that only comes back has not done anything by that.
  connection.onConnected(signal, () => {
    if (Date.now() - doneAt < limits.idleMs) tell();
  });
}
