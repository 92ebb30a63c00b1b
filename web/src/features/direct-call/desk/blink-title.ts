const EVERY_MS = 1_000;

/** As much of the document as is needed. */
interface Titled {
  title: string;
}

/** Shows the words and the page's own title in turn until the signal ends; then the page has its own again. */
export function blinkTitle(signal: AbortSignal, words: string, page: Titled = document): void {
  if (signal.aborted) return;
  let own = page.title;
  const turn = () => {
    // A page that was opened meanwhile has another title.
    if (page.title !== words) own = page.title;
    page.title = page.title === words ? own : words;
  };
  turn();
  const timer = setInterval(turn, EVERY_MS);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      if (page.title === words) page.title = own;
    },
    { once: true },
  );
}
