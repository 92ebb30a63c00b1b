import { expect, test } from 'vitest';
import { formsOf } from './letter.ts';

const letter = {
  language: 'en',
  subject: 'Mill & Co <3',
  from: 'Mill & Co',
  paragraphs: ['First line\nsecond line', '<img src=x onerror="alert(1)">'],
  link: { label: 'Open "it"', address: 'https://help.example.org/x?a=1&b="2"' },
  why: "You're a member.",
} as const;

test('whatever people have typed stays text in the HTML form', () => {
  const { html } = formsOf(letter);
  expect(html).toContain('First line<br>second line');
  expect(html).toContain('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;');
  expect(html).toContain('href="https://help.example.org/x?a=1&#38;b=&#34;2&#34;"');
  expect(html).toContain('<title>Mill &#38; Co &#60;3</title>');
  expect(html).not.toContain('<img');
});

test('the plain form says the same', () => {
  expect(formsOf(letter).text).toBe(
    'First line\nsecond line\n\n<img src=x onerror="alert(1)">\n\nOpen "it":\nhttps://help.example.org/x?a=1&b="2"\n\n--\nMill & Co\n\nYou\'re a member.\n'.replace(
      "Co\n\nYou're",
      "Co\nYou're",
    ),
  );
});
