import * as z from 'zod';
import { translationFault } from './messages.ts';
import { readText, type Source } from './sources.ts';
import { readTexts, type Text } from './texts.ts';

const folder = 'web/src/catalogues';
const Catalogue = z.record(z.string(), z.string());

/** Texts that bypass translation, and for each language what its catalogue lacks, has too much, or has wrong. */
export function checkLanguages(sources: readonly Source[], files: readonly string[]) {
  const { texts, findings } = readTexts(sources);
  const languages = languagesOf(sources);
  const catalogues = languages.flatMap((language) => {
    const path = `${folder}/${language}.json`;
    if (!files.includes(path)) return [`there is no ${path}`];
    return catalogueFindings(path, language, Catalogue.parse(JSON.parse(readText(path))), texts);
  });
  return { findings: [...findings, ...catalogues], note: `${texts.length} texts in en, ${languages.join(', ')}` };
}

/** What is wrong with one catalogue, a line each. */
export function catalogueFindings(
  path: string,
  language: string,
  catalogue: Readonly<Record<string, string>>,
  texts: readonly Text[],
): string[] {
  const known = new Set(texts.map(({ id }) => id));
  const keys = Object.keys(catalogue);
  const unsorted = keys.find((key, index) => index > 0 && key < (keys[index - 1] ?? ''));
  return [
    ...texts.flatMap(({ id, where }) =>
      Object.hasOwn(catalogue, id) ? [] : [`${where}: not in ${language}: “${id}”`],
    ),
    ...keys.flatMap((key) => (known.has(key) ? [] : [`${path}: no page shows “${key}”`])),
    ...Object.entries(catalogue).flatMap(([key, translation]) => {
      const fault = translationFault(key, translation, language);
      return fault === null ? [] : [`${path}: “${key}”: ${fault}`];
    }),
    ...(unsorted === undefined ? [] : [`${path}: “${unsorted}” is not where it is sorted to`]),
  ];
}

/** The languages of contract/language.ts besides the source texts' own. */
function languagesOf(sources: readonly Source[]): string[] {
  const text = sources.find(({ path }) => path === 'contract/language.ts')?.text ?? '';
  const list = /z\.enum\(\[([^\]]*)\]\)/.exec(text)?.[1] ?? '';
  return [...list.matchAll(/'(\w+)'/g)].flatMap(([, language = '']) => (language === 'en' ? [] : [language]));
}
