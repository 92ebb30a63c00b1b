/** What the standard fonts of PDF have besides ASCII and Latin-1 (Windows-1252). */
const MORE = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

/** Letters that are not made of a letter and a mark, and signs with a plain way to write them. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ħ: 'h',
  Ħ: 'H',
  ı: 'i',
  ẞ: 'SS',
  '\t': '    ',
  '→': '->',
  '←': '<-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '✓': 'x',
  '✔': 'x',
  '≤': '<=',
  '≥': '>=',
  '≈': '~',
  '\u2028': '\n',
  '\u2029': '\n',
};

const NOTHING = /(?!\n)[\p{Cc}\p{Cf}]/u;
const SPACE = /[\u2000-\u200a\u202f\u205f\u3000]/u;
const MARK = /\p{M}/u;
const LATIN = /[\n\u0020-\u007e\u00a0-\u00ff]/u;

/**
 * The text in letters that the standard fonts of PDF have. Foreign marks are left out (Š stays, Ş becomes S), signs that change
 * nothing on paper vanish, and what has no letter there becomes a question mark, several in a row one.
 */
export function latinOf(text: string): string {
  let latin = '';
  for (const letter of text.replaceAll('\r\n', '\n').normalize('NFC')) {
    const next = letterOf(letter);
    if (next !== '?' || letter === '?' || !latin.endsWith('?')) latin += next;
  }
  return latin;
}

function letterOf(letter: string): string {
  const plain = PLAIN[letter];
  if (plain !== undefined) return plain;
  if (NOTHING.test(letter) || MARK.test(letter)) return '';
  if (SPACE.test(letter)) return ' ';
  if (LATIN.test(letter) || MORE.includes(letter)) return letter;
  const base = [...letter.normalize('NFKD')].filter((part) => !MARK.test(part)).join('');
  return base !== '' && [...base].every((part) => LATIN.test(part)) ? base : '?';
}
