/** What the font on paper has (Roboto 2.137, both weights): Latin with Vietnamese, Greek, Cyrillic, signs. A test writes them all. */
const ON_PAPER =
  /[\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u017f\u018f\u0192\u01a0-\u01a1\u01af-\u01b0\u01f0\u01fa-\u01ff\u0218-\u021b\u0237\u0259\u02bc\u02c6-\u02c7\u02c9\u02d8-\u02dd\u02f3\u0384-\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u03d1-\u03d2\u03d6\u0400-\u0482\u048a-\u0513\u1e00-\u1e01\u1e3e-\u1e3f\u1e80-\u1e85\u1ea0-\u1ef9\u1f4d\u2010-\u2011\u2013-\u2015\u2017-\u201e\u2020-\u2022\u2025-\u2027\u2030\u2032-\u2033\u2039-\u203a\u203c\u2044\u2074\u207f\u20a3-\u20a4\u20a6-\u20ac\u20b1\u20b9-\u20ba\u20bc-\u20bd\u2105\u2113\u2116\u2122\u212e\u215b-\u215e\u2202\u220f\u2211-\u2212\u221a\u221e\u222b\u2248\u2260\u2264-\u2265\u25ca\ufffd]/u;

/** Signs with a plain way to write them. */
const PLAIN: Readonly<Record<string, string>> = {
  ẞ: 'SS',
  '∆': 'Δ',
  '\t': '    ',
  '→': '->',
  '←': '<-',
  '✓': '√',
  '✔': '√',
  '\u2028': '\n',
  '\u2029': '\n',
};

/** Stands where a letter is that paper cannot have. */
const NONE = '\ufffd';

const NOTHING = /(?!\n)[\p{Cc}\p{Cf}\p{Emoji_Modifier}]/u;
const SPACE = /[\u2000-\u200a\u202f\u205f\u3000]/u;
const MARK = /\p{M}/u;

/**
 * The text in letters that the font on paper has. A mark that it lacks leaves its letter (ǎ becomes a), signs that change nothing
 * on paper vanish, and each letter that is not there at all (Chinese, pictures) leaves the sign for that: �.
 */
export function onPaper(text: string): string {
  return [...text.replaceAll('\r\n', '\n').normalize('NFC')].map(letterOf).join('');
}

/** Whether the font on paper has it. */
export function isOnPaper(letter: string): boolean {
  return ON_PAPER.test(letter);
}

function letterOf(letter: string): string {
  const plain = PLAIN[letter];
  if (plain !== undefined) return plain;
  if (NOTHING.test(letter)) return '';
  if (SPACE.test(letter)) return ' ';
  if (isOnPaper(letter)) return letter;
  if (MARK.test(letter)) return '';
  const base = [...letter.normalize('NFKD')].filter((part) => !MARK.test(part));
  return base.length > 0 && base.every(isOnPaper) ? base.join('') : NONE;
}
