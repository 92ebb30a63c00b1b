import { expect, it } from 'vitest';
import { keepAwake } from './wake-lock.ts';

it('keeps the screen awake, again after the page was hidden, and lets it sleep at the end', async () => {
  const page = new AbortController();
  let show = () => {};
  let held = 0;
  let asked = 0;
  keepAwake(page.signal, {
    visible: () => true,
    onVisible: (_, run) => {
      show = run;
    },
    request: async () => {
      asked += 1;
      held += 1;
      return {
        release: async () => {
          held -= 1;
        },
      };
    },
  });
  await Promise.resolve();
  show();
  await Promise.resolve();
  expect(asked).toBe(2);
  page.abort();
  expect(held).toBe(0);
});

it('a browser that refuses is no trouble', async () => {
  const life = new AbortController().signal;
  keepAwake(life, { visible: () => true, onVisible: () => {}, request: () => Promise.reject(new Error('battery')) });
  await Promise.resolve();
});
