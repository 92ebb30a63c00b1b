import PDFDocument from 'pdfkit';
import { onPaper } from '#core/report/letters.ts';
import { type FontName, fonts } from './fonts.ts';

/** A document on A4, written from top to bottom and never read again: what is on it has left the memory. */
export interface Paper {
  /** The bytes, as they come. */
  readonly bytes: NodeJS.ReadableStream;
  title(above: string, title: string, below: string): void;
  heading(level: 2 | 3 | 4, words: string): void;
  /** Each with its name; they stand among each other. */
  facts(facts: readonly (readonly [name: string, value: string])[]): void;
  /** Something that somebody wrote. */
  message(name: string, when: string, text: string): void;
  /** One line of what happened. */
  line(when: string, text: string): void;
  /** Two stand side by side. `bytes` null, or such as no picture has: `missing` stands in its place. */
  picture(bytes: Buffer | null, caption: string, missing: string): void;
  end(): void;
}

interface PaperOptions {
  readonly title: string;
  readonly language: string;
  readonly pageWords: (page: number) => string;
  /** The viewer prints it as soon as it is open. */
  readonly print: boolean;
  readonly at: Date;
}

/** Points; 72 are an inch. */
const MARGIN = 56;
const FOOT = 34;
const GAP = 16;
const PICTURE_HEIGHT = 190;
const TIME_WIDTH = 46;
const NAME_WIDTH = 104;

const ink = { text: '#14191c', soft: '#54616a', line: '#d8dee2' } as const;
interface Style {
  readonly font: FontName;
  readonly size: number;
  readonly colour: string;
}
const styles = {
  title: { font: 'bold', size: 20, colour: ink.text },
  2: { font: 'bold', size: 13, colour: ink.text },
  3: { font: 'bold', size: 11.5, colour: ink.text },
  4: { font: 'bold', size: 10, colour: ink.soft },
  text: { font: 'regular', size: 10, colour: ink.text },
  bold: { font: 'bold', size: 10, colour: ink.text },
  soft: { font: 'regular', size: 9, colour: ink.soft },
} as const satisfies Record<string, Style>;

/** Measuring one word of thousands of letters takes the square of its length: a place to break it after more than a line. */
const breakable = (text: string) => text.replace(/\S{120}(?=\S)/g, '$&\u200b');

/** Opens a tagged document: readers that speak it aloud know its headings, paragraphs and pictures. */
export function openPaper(options: PaperOptions): Paper {
  const { title, language, pageWords, print, at } = options;
  const doc = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    lang: language,
    displayTitle: true,
    info: { Title: title, Creator: 'Sightglass', Producer: 'Sightglass', CreationDate: at },
  });
  for (const [name, bytes] of Object.entries(fonts)) doc.registerFont(name, bytes);
  const root = doc.struct('Document');
  doc.addStructure(root);
  let style: Style = styles.text;
  let pages = 0;
  const use = (next: Style) => {
    style = next;
    doc.font(next.font).fontSize(next.size).fillColor(next.colour);
  };
  doc.on('pageAdded', () => {
    pages += 1;
    // Below the text, and not a part of it; then everything is as it was: a paragraph may go on here.
    const [before, { x, y }, { bottom }] = [style, doc, doc.page.margins];
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    use(styles.soft);
    const words = onPaper(pageWords(pages));
    doc.text(words, doc.page.width - MARGIN - doc.widthOfString(words), doc.page.height - FOOT, { lineBreak: false });
    doc.endMarkedContent();
    doc.page.margins.bottom = bottom;
    [doc.x, doc.y] = [x, y];
    use(before);
  });
  doc.addPage();
  if (print) doc.addNamedJavaScript('print', 'this.print({ bUI: true });');

  const left = MARGIN;
  const width = doc.page.width - 2 * MARGIN;
  const put = (tag: string, draw: () => void, alt?: string) =>
    root.add(doc.struct(tag, alt === undefined ? {} : { alt: onPaper(alt) }, draw));
  const write = (text: string, of: Style, x = left, more: PDFKit.Mixins.TextOptions = {}) => {
    use(of);
    doc.text(breakable(onPaper(text)), x, doc.y, { width: left + width - x, ...more });
  };
  /** Goes on to the next page unless there is so much room. */
  const room = (height: number) => {
    if (doc.y + height > doc.page.height - MARGIN) doc.addPage();
  };
  /** The right one of two pictures, and where the taller one ends. */
  let row: { readonly top: number; bottom: number } | null = null;
  const endRow = () => {
    if (row !== null) doc.y = row.bottom + GAP;
    row = null;
  };
  const down = (points: number) => {
    endRow();
    if (doc.y > MARGIN) doc.y += points;
  };

  return {
    bytes: doc,
    title(above, words, below) {
      put('P', () => write(above, styles.soft));
      doc.y += 6;
      put('H1', () => write(words, styles.title));
      doc.y += 4;
      put('P', () => write(below, styles.soft));
      doc.y += 10;
    },
    heading(level, words) {
      down(level === 4 ? 6 : 14);
      room(60);
      if (level === 3) rule();
      put(`H${level}`, () => write(words, styles[level]));
      doc.y += 4;
    },
    facts(facts) {
      down(0);
      for (const [name, value] of facts) {
        room(18);
        put('P', () => {
          const { y } = doc;
          write(name, styles.soft, left, { width: NAME_WIDTH });
          doc.y = y;
          write(value, styles.text, left + NAME_WIDTH);
        });
        doc.y += 2;
      }
    },
    message(name, when, text) {
      down(6);
      room(44);
      put('P', () => {
        write(`${name}  `, styles.bold, left, { continued: true });
        use(styles.soft);
        doc.text(onPaper(when));
      });
      put('P', () => write(text, styles.text));
      doc.y += 4;
    },
    line(when, text) {
      down(2);
      room(16);
      put('P', () => {
        const { y } = doc;
        write(when, styles.soft, left, { width: TIME_WIDTH });
        doc.y = y;
        write(text, styles.text, left + TIME_WIDTH);
      });
    },
    picture(bytes, caption, missing) {
      const second = row;
      if (second === null) {
        doc.y += 4;
        room(PICTURE_HEIGHT + 34);
      }
      const cell = (width - GAP) / 2;
      const { top } = second ?? { top: doc.y };
      const x = second === null ? left : left + cell + GAP;
      doc.y = top;
      const draw = () => {
        try {
          if (bytes !== null) {
            // Without a place of its own it goes where the text is, and the text goes on below it.
            doc.x = x;
            doc.image(bytes, { fit: [cell, PICTURE_HEIGHT] });
            doc.y += 3;
            return;
          }
        } catch {
          // Said below: what is in the file is not a picture that can be put on paper.
        }
        write(missing, styles.soft, x, { width: cell });
      };
      put('Figure', draw, caption);
      put('Caption', () => write(caption, styles.soft, x, { width: cell }));
      if (second === null) row = { top, bottom: doc.y };
      else {
        second.bottom = Math.max(second.bottom, doc.y);
        endRow();
      }
    },
    end() {
      endRow();
      root.end();
      doc.end();
    },
  };

  /** A line above what belongs together. */
  function rule(): void {
    doc.markContent('Artifact', { type: 'Layout' });
    doc
      .moveTo(left, doc.y - 6)
      .lineTo(left + width, doc.y - 6)
      .lineWidth(0.5)
      .strokeColor(ink.line)
      .stroke();
    doc.endMarkedContent();
  }
}
