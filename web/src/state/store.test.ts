import { describe, expect, it } from 'vitest';
import { createStore, watch } from './store.ts';

describe('store', () => {
  it('tells of changes and only of changes', () => {
    const store = createStore(1);
    const heard: number[] = [];
    const leave = store.subscribe(() => heard.push(store.get()));
    store.set(1);
    store.set(2);
    store.update((value) => value + 1);
    leave();
    store.set(9);
    expect(heard).toEqual([2, 3]);
  });

  it('lets a listener leave while it is told', () => {
    const store = createStore('a');
    let told = 0;
    const leave = store.subscribe(() => {
      told += 1;
      leave();
    });
    store.set('b');
    store.set('c');
    expect(told).toBe(1);
  });

  it('watches until the signal ends it, and leaves no listener behind', () => {
    const store = createStore(0);
    const ended = new AbortController();
    const heard: number[] = [];
    watch(ended.signal, store, (value) => heard.push(value));
    store.set(1);
    ended.abort();
    store.set(2);
    watch(ended.signal, store, (value) => heard.push(value));
    expect(heard).toEqual([0, 1]);
  });
});
