import { inflateSync } from 'node:zlib';

/** What is in a PDF, as far as this product's own have it: embedded fonts, deflated pages, JPEG as it is. */
export interface ReadPdf {
  /** Everything written on its pages as it would be copied out of it, its lines and pieces with a space between. */
  readonly text: string;
  readonly pages: number;
  /** The bytes of its JPEG pictures. */
  readonly pictures: readonly Buffer[];
  /** Kinds of structure elements, such as H1 and Figure. */
  readonly tags: readonly string[];
  /** Its objects as they stand in the file, without their streams. */
  readonly objects: string;
}

const STREAM = '\nstream\n';

/** Takes a PDF apart. */
export function readPdf(bytes: Buffer): ReadPdf {
  const raw = bytes.toString('latin1');
  if (!raw.startsWith('%PDF-') || !raw.trimEnd().endsWith('%%EOF')) throw new Error('not a whole PDF');
  const deflated = new Map<string, Buffer>();
  const pictures: Buffer[] = [];
  let objects = '';
  let at = 0;
  for (let mark = raw.indexOf(STREAM); mark !== -1; mark = raw.indexOf(STREAM, at)) {
    const from = raw.lastIndexOf(' obj', mark);
    const head = raw.slice(from, mark);
    objects += raw.slice(at, mark);
    const start = mark + STREAM.length;
    at = start + Number(/\/Length (\d+)/.exec(head)?.[1]);
    const stream = bytes.subarray(start, at);
    if (head.includes('/DCTDecode')) pictures.push(stream);
    else if (head.includes('/FlateDecode')) deflated.set(numberBefore(raw, from), stream);
  }
  objects += raw.slice(at);
  const contentOf = (number: string | undefined): string => {
    const stream = deflated.get(number ?? '');
    if (stream === undefined) throw new Error(`no stream ${number}`);
    return inflateSync(stream).toString('latin1');
  };
  const letters = new Map(
    [...objects.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', font = '']) => {
      const at = objects.search(new RegExp(`(^|\\n)${font} 0 obj`));
      return [name, lettersOf(contentOf(/\/ToUnicode (\d+) 0 R/.exec(objects.slice(at))?.[1]))];
    }),
  );
  const pages = [...objects.matchAll(/\/Contents (\d+) 0 R/g)].map(([, content]) => contentOf(content));
  return {
    text: pages
      .flatMap((page) => textOf(page, letters))
      .join(' ')
      .replace(/\s+/g, ' '),
    pages: [...objects.matchAll(/\/Type \/Page\b/g)].length,
    pictures,
    tags: [...objects.matchAll(/\/S \/(\w+)/g)].map(([, tag]) => tag ?? ''),
    objects,
  };
}

const numberBefore = (raw: string, at: number): string => /(\d+) \d+$/.exec(raw.slice(at - 20, at))?.[1] ?? '';

/** What each glyph of a font stands for: the ranges of its ToUnicode. */
function lettersOf(map: string): ReadonlyMap<number, string> {
  return new Map(
    [...map.matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g)].flatMap(([, first = '', list = '']) =>
      [...list.matchAll(/<([^>]*)>/g)].map(([, hex = ''], index): [number, string] => [
        Number.parseInt(first, 16) + index,
        utf16(hex.replaceAll(' ', '')),
      ]),
    ),
  );
}

const utf16 = (hex: string): string => new TextDecoder('utf-16be').decode(Buffer.from(hex, 'hex'));

/** What the operator TJ shows: numbers of glyphs, four digits each, with distances between them. Glyph 0 is the font's "not there". */
function textOf(content: string, letters: ReadonlyMap<string, ReadonlyMap<number, string>>): string[] {
  let font = '';
  return [...content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)].flatMap(([, name, array]) => {
    if (name !== undefined) font = name;
    if (array === undefined) return [];
    const glyphs = [...array.matchAll(/<([0-9a-f]*)>/g)].flatMap(([, part = '']) => part.match(/.{4}/g) ?? []);
    return [glyphs.map((glyph) => letters.get(font)?.get(Number.parseInt(glyph, 16)) ?? '\0').join('')];
  });
}
