import * as css from './avatar.module.css';

/** A person as initials on a colour of their own. Decoration: the name stands beside it. */
export function Avatar({ name, size = 32 }: { readonly name: string; readonly size?: number }) {
  const style = { width: size, height: size, fontSize: Math.round(size * 0.38), ['--hue']: hueOf(name) };
  return (
    <span className={css.avatar} style={style} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** First letters of the first and the last word, by what a person sees as one character. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : [words.at(0)];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** The same name always has the same colour. */
export function hueOf(name: string): number {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
  return (hash * 47) % 360;
}
