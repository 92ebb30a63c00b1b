/** A piece of a message as Lingui's runtime reads it: text, or [name, kind?, cases?]. */
export type Token = string | [name: string, kind?: string, cases?: Record<string, Token[]>];

/**
 * Compiles a message in the page. Lingui's own compiler (30 KB) is left out of production builds, which then show
 * `{name}` unfilled; messages are short, so a small one does: `{name}`, `{n, number}`, and plural, selectordinal and
 * select with `#` and nested messages. Compiled messages are kept.
 */
export function compileMessage(message: string): Token[] {
  if (!message.includes('{')) return [message];
  const known = compiled.get(message);
  if (known !== undefined) return known;
  const tokens = new Reader(message).tokens(false);
  compiled.set(message, tokens);
  return tokens;
}

const compiled = new Map<string, Token[]>();

class Reader {
  private at = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Reads up to the closing brace of the case that this is in, or to the end. */
  tokens(inPlural: boolean): Token[] {
    const found: Token[] = [];
    while (this.at < this.source.length && this.source[this.at] !== '}') {
      if (this.source[this.at] === '{') {
        this.at++;
        found.push(this.placeholder());
      } else if (inPlural && this.source[this.at] === '#') {
        this.at++;
        found.push('#');
      } else {
        found.push(this.until(inPlural ? /[{}#]/g : /[{}]/g));
      }
    }
    return found;
  }

  private placeholder(): Token {
    const name = this.until(/[,}]/g).trim();
    if (this.skip() === '}') return [name];
    const kind = this.until(/[,}]/g).trim();
    if (this.skip() === '}') return [name, kind];
    const cases: Record<string, Token[]> = {};
    for (;;) {
      const key = this.until(/[{}]/g).trim();
      if (this.skip() !== '{') return [name, kind, cases];
      cases[key.replace(/^=/, '')] = this.tokens(kind !== 'select');
      this.at++;
    }
  }

  private skip(): string | undefined {
    return this.source[this.at++];
  }

  private until(end: RegExp): string {
    end.lastIndex = this.at;
    const start = this.at;
    this.at = end.exec(this.source)?.index ?? this.source.length;
    return this.source.slice(start, this.at);
  }
}
