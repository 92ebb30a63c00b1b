import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const CATALOGUE = /\/catalogues\/(\w+)\.json$/;
const VIRTUAL = /^\0texts-(\w+?)(-later)?$/;
const TEXT = /\bi18n\._\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`\\$]*)`)/g;

const pathOf = (language: string) => fileURLToPath(new URL(`./src/catalogues/${language}.json`, import.meta.url));

/** What of a chunk is looked at. */
interface Chunk {
  readonly isEntry: boolean;
  readonly facadeModuleId: string | null;
  readonly imports: readonly string[];
  readonly moduleIds: readonly string[];
}
type Chunks = Readonly<Record<string, Chunk>>;

/**
 * Gives each build the part of a catalogue that its pages can show: a phone does not load the desk's words. Which texts
 * those are stands in the modules that are left in the build; `npm run check` sees to it that every text is written out.
 * Where `screens` are named, the texts that they begin with come first, and the others after them.
 */
export function ownTexts(screens: readonly string[] = []): Plugin {
  const textsOf = new Map<string, readonly string[]>();
  const textsIn = (chunks: readonly Chunk[]) =>
    new Set(chunks.flatMap((chunk) => chunk.moduleIds).flatMap((id) => textsOf.get(id) ?? []));
  return {
    name: 'own-texts',
    apply: 'build',
    enforce: 'pre',
    resolveId(source) {
      const language = CATALOGUE.exec(source)?.[1];
      if (language !== undefined) return `\0texts-${language}`;
      return VIRTUAL.test(source) ? source : null;
    },
    load(id) {
      const [, language, isLater] = VIRTUAL.exec(id) ?? [];
      if (language === undefined) return null;
      this.addWatchFile(pathOf(language));
      if (isLater !== undefined) return `export default __TEXTS_${language}_LATER__;`;
      const later = `export const later = () => import(${JSON.stringify(`${id}-later`)}).then((one) => one.default);`;
      return `export default __TEXTS_${language}_FIRST__;\n${screens.length === 0 ? '' : later}`;
    },
    transform(code, id) {
      if (!/\/web\/src\/.*\.tsx?$/.test(id)) return null;
      const texts = [...code.matchAll(TEXT)].map(([, single, double, plain]) => single ?? double ?? plain ?? '');
      if (texts.length > 0)
        textsOf.set(
          id,
          texts.map((text) => text.replace(/\\(['"\\])/g, '$1')),
        );
      return null;
    },
    renderChunk(code, _chunk, _options, meta) {
      if (!code.includes('__TEXTS_')) return null;
      const chunks: Chunks = meta.chunks;
      const all = textsIn(Object.values(chunks));
      const first = screens.length === 0 ? all : textsIn(atStart(chunks, screens));
      return code.replaceAll(/__TEXTS_(\w+?)_(FIRST|LATER)__/g, (_name, language: string, part: string) => {
        const catalogue: Record<string, string> = JSON.parse(readFileSync(pathOf(language), 'utf8'));
        const own = Object.entries(catalogue).filter(
          ([text]) => all.has(text) && first.has(text) === (part === 'FIRST'),
        );
        return JSON.stringify(Object.fromEntries(own));
      });
    },
  };
}

/** The chunks that are there when a screen begins: the entry's, the screens' own, and what those import. */
function atStart(chunks: Chunks, screens: readonly string[]): Chunk[] {
  const isScreen = (id: string | null) => screens.some((name) => id?.endsWith(`/${name}`) === true);
  const found = new Set<Chunk>();
  const take = (chunk: Chunk | undefined): void => {
    if (chunk === undefined || found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) take(chunks[name]);
  };
  for (const chunk of Object.values(chunks)) if (chunk.isEntry || isScreen(chunk.facadeModuleId)) take(chunk);
  return [...found];
}
