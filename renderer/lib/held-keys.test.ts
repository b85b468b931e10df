import { expect, it } from 'vitest';
import { HeldKeys } from './held-keys.ts';

it('an action lasts from the first key that holds it to the last', () => {
  const held = new HeldKeys<string>();
  expect(held.press('F4', 'F4', 'play')).toBe(true);
  expect(held.press('F4', 'F4', 'play')).toBe(false);
  expect(held.press('hid:05f3:00ff:0:1', 'hid:05f3:00ff:0:1', 'play')).toBe(false);
  expect(held.press('F5', 'F5', 'wind')).toBe(true);
  expect(held.release('F4')).toEqual([]);
  expect(held.release('KeyA')).toEqual([]);
  expect(held.release('hid:05f3:00ff:0:1')).toEqual(['play']);
  expect(held.press('F4', 'F4', 'play')).toBe(true);
  expect(held.releaseAll().sort()).toEqual(['play', 'wind']);
  expect(held.releaseAll()).toEqual([]);
});

it('an action ends with the modifier that its key was pressed with', () => {
  const held = new HeldKeys<string>();
  held.press('KeyP', 'Mod+P', 'play');
  expect(held.releaseModifier('Shift')).toEqual([]);
  expect(held.releaseModifier('Mod')).toEqual(['play']);
  expect(held.release('KeyP')).toEqual([]);
});
