import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { compileMessage, type Token } from '#web/compile-message.ts';

const catalogue: Record<string, string> = JSON.parse(
  readFileSync(new URL('../../web/src/catalogues/de.json', import.meta.url), 'utf8'),
);

/** What a German page must not show: every source text that German says otherwise, with anything for its placeholders. */
const english = Object.entries(catalogue)
  .filter(([source, german]) => source !== german && /\p{L}{2}/u.test(source.replaceAll(/\{\w+\}/g, '')))
  .map(([source]) => new RegExp(`^${patternOf(compileMessage(source))}$`, 'su'));

/** Words that stand in almost every English sentence and in no German one: they find what has gone past the catalogue. */
const telling = /\b(the|is|are|you|your|with|and|this|that|for|not|of|has|have|from|to)\b/i;

function patternOf(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (typeof token === 'string')
        return token === '#' ? '[\\d.,]+' : token.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      const cases = Object.values(token[2] ?? {});
      return cases.length === 0 ? '.+' : `(?:${cases.map(patternOf).join('|')})`;
    })
    .join('');
}

/**
 * Everything that can be read or heard on a page, piece by piece; what says of itself that it is in another language is
 * left out.
 */
function wordsOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isOwn = (element: Element) => {
      const spoken = element.closest('[lang]')?.getAttribute('lang') ?? null;
      const isText = !/^(SCRIPT|STYLE|NOSCRIPT)$/.test(element.tagName);
      const isSeen = element.tagName === 'OPTION' || element.checkVisibility();
      return isText && isSeen && (spoken === null || spoken === document.documentElement.lang);
    };
    const spokenOf = (element: Element) =>
      ['aria-label', 'aria-description', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? '');
    const readOf = (element: Element) =>
      [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : ''));
    const found = [...document.querySelectorAll('body *')]
      .filter(isOwn)
      .flatMap((element) => [...spokenOf(element), ...readOf(element)]);
    return [...new Set([document.title, ...found].map((text) => text.trim()))].filter((text) => text !== '');
  });
}

/** The English that a German page shows; `data` is what people have typed. */
export async function englishOn(page: Page, data: readonly string[]): Promise<string[]> {
  const words = await wordsOn(page);
  return words.filter((text) => {
    if (data.includes(text)) return false;
    const own = data.reduce((rest, one) => rest.replaceAll(one, ''), text);
    return telling.test(own) || english.some((pattern) => pattern.test(text));
  });
}

/** What a narrow screen cuts: the page itself when it can be pushed sideways, and words that don't fit what they stand in. */
export function cutOn(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const isMeant = (element: Element) => {
      const { textOverflow, overflowX } = getComputedStyle(element);
      return textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll';
    };
    const scrollsAway = (element: Element): boolean =>
      element.parentElement !== null && (isMeant(element.parentElement) || scrollsAway(element.parentElement));
    const faultOf = (element: Element): string[] => {
      const { left, right, width, height } = element.getBoundingClientRect();
      const words = element.textContent?.trim().slice(0, 60) ?? '';
      // What only a screen reader meets is a dot.
      if (words === '' || width <= 1 || height <= 1 || !element.checkVisibility()) return [];
      if ((right > clientWidth + 1 || left < -1) && !scrollsAway(element)) return [`“${words}” leaves the screen`];
      const isCut = [...element.childNodes].some((node) => {
        if (node.nodeType !== Node.TEXT_NODE) return false;
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect().right > right + 1;
      });
      return isCut && !isMeant(element) ? [`“${words}” does not fit its ${element.tagName.toLowerCase()}`] : [];
    };
    const pieces = 'button, button *, a, a *, label, legend, h1, h2, h3, [role=tab], p, li, dt, dd';
    return [
      ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide on ${clientWidth}`] : []),
      ...[...document.querySelectorAll(pieces)].flatMap(faultOf),
    ];
  });
}
