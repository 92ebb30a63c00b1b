/** Runs in the desk's page before its own scripts: notes when a call is shown. `window.ringShownAt` is set once. */
export function noteRing(): void {
  const look = () => {
    if (document.querySelector('.ring') === null) return void setTimeout(look, 2);
    // What is in the document now is on the screen with the next frame.
    requestAnimationFrame(() => Reflect.set(window, 'ringShownAt', performance.timeOrigin + performance.now()));
  };
  look();
}

/** Presses the button with these words at once, and says when, in ms since 1970. */
export function press(words: string): number {
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === words);
  if (button === undefined) throw new Error(`there is no button "${words}"`);
  const at = performance.timeOrigin + performance.now();
  // The page may be gone with the click: first its time is handed out.
  setTimeout(() => button.click());
  return at;
}

/**
 * Asks over a socket of its own for something that needs no database, so often, and says how long each answer took in ms: the
 * floor of whatever goes from a page over the server to a page.
 */
export async function socketRoundTrips(times: number): Promise<number[]> {
  const socket = new WebSocket(`wss://${location.host}/socket/?EIO=4&transport=websocket`);
  const heard: ((text: string) => void)[] = [];
  socket.addEventListener('message', ({ data }) => {
    if (data === '2') socket.send('3');
    else heard.shift()?.(String(data));
  });
  const next = () => new Promise<string>((resolve) => heard.push(resolve));
  await next();
  const greeted = next();
  socket.send('40');
  await greeted;
  const taken: number[] = [];
  const streamId = crypto.randomUUID();
  for (let n = 0; n < times; n += 1) {
    const before = performance.now();
    const answered = next();
    socket.send(`42${n}${JSON.stringify(['unfollow', { streamId }])}`);
    await answered;
    taken.push(performance.now() - before);
  }
  socket.close();
  return taken;
}
