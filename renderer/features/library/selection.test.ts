import { describe, expect, it } from 'vitest';
import { extendTo, keepVisible, moveBy, NO_SELECTION, selectAll, selectOne, toggleOne } from './selection.ts';

const order = ['a', 'b', 'c', 'd'];

describe('selection', () => {
  it('extends from where it began, in both directions', () => {
    const begun = selectOne('c');
    expect([...extendTo(order, begun, 'd').ids]).toEqual(['c', 'd']);
    expect([...extendTo(order, extendTo(order, begun, 'd'), 'a').ids]).toEqual(['a', 'b', 'c']);
  });

  it('moves with the arrows and stops at the ends', () => {
    expect(moveBy(order, NO_SELECTION, 1, false).focus).toBe('a');
    expect(moveBy(order, selectOne('d'), 1, false).focus).toBe('d');
    expect([...moveBy(order, selectOne('b'), 1, true).ids]).toEqual(['b', 'c']);
    expect(moveBy([], NO_SELECTION, 1, false)).toBe(NO_SELECTION);
  });

  it('toggles one without touching the others', () => {
    const two = toggleOne(selectOne('a'), 'c');
    expect([...two.ids]).toEqual(['a', 'c']);
    expect([...toggleOne(two, 'a').ids]).toEqual(['c']);
  });

  it('forgets rows that are gone, and is the same object while none is', () => {
    const all = selectAll(order, NO_SELECTION);
    expect(keepVisible(order, all)).toBe(all);
    expect(keepVisible(['b'], all)).toEqual({ ids: new Set(['b']), focus: null, anchor: null });
  });
});
