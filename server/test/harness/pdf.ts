import { inflateSync } from 'node:zlib';

/** What is in a PDF, as far as this product's own have it: standard fonts, deflated pages, JPEG as it is. */
export interface ReadPdf {
  /** Everything written on its pages, its lines and pieces with a space between. */
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
  const pieces: string[] = [];
  const pictures: Buffer[] = [];
  let objects = '';
  let at = 0;
  for (let mark = raw.indexOf(STREAM); mark !== -1; mark = raw.indexOf(STREAM, at)) {
    const head = raw.slice(raw.lastIndexOf(' obj', mark), mark);
    objects += raw.slice(at, mark);
    const start = mark + STREAM.length;
    at = start + Number(/\/Length (\d+)/.exec(head)?.[1]);
    const stream = bytes.subarray(start, at);
    if (head.includes('/DCTDecode')) pictures.push(stream);
    else if (head.includes('/FlateDecode') && !head.includes('/XObject')) pieces.push(...textOf(stream));
  }
  objects += raw.slice(at);
  return {
    text: pieces.join(' ').replace(/\s+/g, ' '),
    pages: [...objects.matchAll(/\/Type \/Page\b/g)].length,
    pictures,
    tags: [...objects.matchAll(/\/S \/(\w+)/g)].map(([, tag]) => tag ?? ''),
    objects,
  };
}

/** What the operator TJ shows: hexadecimal bytes of Windows-1252 with distances between them. */
function textOf(stream: Buffer): string[] {
  const content = inflateSync(stream).toString('latin1');
  return [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, array = '']) => {
    const hex = [...array.matchAll(/<([0-9a-f]*)>/g)].map(([, part]) => part).join('');
    return new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex'));
  });
}
