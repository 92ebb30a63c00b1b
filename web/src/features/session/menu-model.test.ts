import { expect, it } from 'vitest';
import { createMenuModel } from './menu-model.ts';

function kept() {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => map.set(key, value),
  };
}

it('B11 the side menu is open at the desk, folds away and remembers', () => {
  const browser = kept();
  const menu = createMenuModel(browser, true);
  expect(menu.menu.get()).toEqual({ open: true, panel: 'chat' });
  menu.toggle('participants');
  menu.toggle('participants');
  expect(createMenuModel(browser, true).menu.get()).toEqual({ open: false, panel: 'participants' });
});

it('starts folded on a phone, whatever was remembered', () => {
  const browser = kept();
  createMenuModel(browser, true).show('settings');
  const phone = createMenuModel(browser, false);
  expect(phone.menu.get().open).toBe(false);
  phone.show('chat');
  expect(createMenuModel(browser, true).menu.get().panel).toBe('settings');
});

it('takes nonsense for nothing', () => {
  const browser = kept();
  browser.setItem('sightglass.side-menu', '{"open":1}');
  expect(createMenuModel(browser, true).menu.get()).toEqual({ open: true, panel: 'chat' });
});
