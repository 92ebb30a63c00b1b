import type { FastifyRequest } from 'fastify';
import { LANGUAGE_HEADER, Language } from '#contract/language.ts';

type Asking = Pick<FastifyRequest, 'headers'>;

/** The language that a page says its person reads; null for a program, an old page, and for one we don't speak. */
export function chosenLanguage({ headers }: Asking): Language | null {
  const said = Language.safeParse(headers[LANGUAGE_HEADER]);
  return said.success ? said.data : null;
}

/** The language to answer in: the page's word, else the browser's first that there is, else English. */
export function languageOfRequest(request: Asking): Language {
  return chosenLanguage(request) ?? firstAccepted(request.headers['accept-language'] ?? '') ?? 'en';
}

/** The language of an `Accept-Language` header that weighs most; the first of those that weigh the same. */
function firstAccepted(header: string): Language | null {
  const wishes = header
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = rest.find((one) => one.startsWith('q='));
      return {
        language: Language.safeParse(tag.split('-')[0]),
        weight: weight === undefined ? 1 : Number(weight.slice(2)),
      };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wishes.find(({ language }) => language.success)?.language.data ?? null;
}
