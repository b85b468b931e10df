import { expect, test } from 'vitest';
import { InterfaceStore } from './interface-store.ts';

const storeOf = (values: Map<string, unknown>) =>
  new InterfaceStore({ get: (name) => values.get(name), set: (name, value) => void values.set(name, value) });

test('a place that makes no window, and pedals that are none, count as never kept', () => {
  const fresh = storeOf(new Map()).place;
  expect(storeOf(new Map<string, unknown>([['window', { ...fresh, width: 3 }]])).place).toEqual(fresh);
  expect(storeOf(new Map<string, unknown>([['pedals', [{ vendorId: 'x' }]]])).pedals).toEqual([]);
});

test('what is kept is there for the next store of the same file', () => {
  const values = new Map<string, unknown>();
  const store = storeOf(values);
  const place = { x: 10, y: 20, width: 900, height: 700, maximized: true };
  const pedal = { vendorId: 0x05f3, productId: 0x00ff, name: 'VEC Footpedal' };
  store.saveViewState(place);
  store.keepPedals([pedal]);
  store.change({ theme: 'dark' });
  const next = storeOf(new Map(JSON.parse(JSON.stringify([...values]))));
  expect(next.place).toEqual(place);
  expect(next.pedals).toEqual([pedal]);
  expect(next.settings.theme).toBe('dark');
});
