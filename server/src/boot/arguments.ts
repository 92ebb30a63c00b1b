import { CannotStart } from './cannot-start.ts';
import { nearMiss } from './near-miss.ts';

/** What the command line asks for: `npm start -- --demo`. */
export type Arguments = { demo: boolean };

/** Parses the command line; an unknown word stops the start with one sentence naming it. */
export function parseArguments(words: readonly string[]): Arguments {
  for (const word of words) {
    if (word === '--demo') continue;
    const meant = nearMiss(word, ['--DEMO']) === undefined ? '' : ': did you mean --demo?';
    throw new CannotStart(`The option ${word} is unknown${meant === '' ? '; there is only --demo.' : meant}`);
  }
  return { demo: words.includes('--demo') };
}
