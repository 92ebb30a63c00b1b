/** How a name of a message is filled in, and the cases of a plural or a choice. */
interface Slot {
  kind: string;
  readonly cases: string[];
}
type Slots = ReadonlyMap<string, Slot>;

/** What is wrong with a translation: other names than the source text's, or plural forms that the language lacks. */
export function translationFault(source: string, translation: string, language: string): string | null {
  const wanted = slotsOf(source);
  const given = slotsOf(translation);
  if (typeof wanted === 'string') return `the source text has ${wanted}`;
  if (typeof given === 'string') return given;
  if (translation.trim() === '') return 'empty';
  for (const name of given.keys()) if (!wanted.has(name)) return `{${name}} is not in the source text`;
  for (const [name, slot] of wanted) {
    const fault = slotFault(slot, given.get(name), language);
    if (fault !== null) return `{${name}} ${fault}`;
  }
  return null;
}

function slotFault(wanted: Slot, given: Slot | undefined, language: string): string | null {
  if (given === undefined) return 'is missing';
  const { kind, cases } = given;
  // A language may do without a plural, or need one where English does not.
  if (kind !== wanted.kind && ![kind, wanted.kind].every((one) => one === '' || one === 'plural')) {
    return `is ${kind} instead of ${wanted.kind}`;
  }
  const isPlural = kind === 'plural' || kind === 'selectordinal';
  const needed = isPlural ? formsOf(language, kind) : kind === wanted.kind ? wanted.cases : [];
  const lacking = needed.find((one) => !cases.includes(one));
  if (lacking !== undefined) return `has no case ${lacking}`;
  const strange = cases.find((one) => !needed.includes(one) && !(isPlural && /^=\d+$/.test(one)));
  return strange === undefined ? null : `has a case ${strange} that is never used`;
}

const formsOf = (language: string, kind: string): readonly string[] =>
  new Intl.PluralRules(language, { type: kind === 'plural' ? 'cardinal' : 'ordinal' }).resolvedOptions()
    .pluralCategories;

/** Reads a message as web/src/compile-message.ts does: no quoting. What is broken in it, in words. */
function slotsOf(message: string): Slots | string {
  const reader = new Reader(message);
  try {
    reader.message();
    return reader.isAtEnd() ? reader.slots : 'a closing brace too many';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

class Reader {
  readonly slots = new Map<string, Slot>();
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  /** Up to the closing brace of the case that this is in, or to the end. */
  message(): void {
    while (!this.isAtEnd() && this.source[this.at] !== '}') {
      if (this.source[this.at++] === '{') this.slot();
    }
  }

  private slot(): void {
    const name = this.until(/[,}]/g);
    if (!/^\w+$/.test(name)) throw new Error(`{${name}} is no name`);
    const kind = this.skip() === ',' ? this.until(/[,}]/g) : '';
    const slot = this.slots.get(name) ?? { kind, cases: [] };
    if (slot.kind === '') slot.kind = kind;
    this.slots.set(name, slot);
    if (kind !== '' && this.skip() === ',') this.cases(slot);
  }

  private cases(slot: Slot): void {
    for (;;) {
      const key = this.until(/[{}]/g);
      if (this.skip() === '}') return;
      slot.cases.push(key);
      this.message();
      if (this.skip() !== '}') throw new Error('a closing brace is missing');
    }
  }

  private skip(): string | undefined {
    return this.source[this.at++];
  }

  private until(end: RegExp): string {
    end.lastIndex = this.at;
    const found = end.exec(this.source)?.index;
    if (found === undefined) throw new Error('a closing brace is missing');
    const text = this.source.slice(this.at, found).trim();
    this.at = found;
    return text;
  }
}
