import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { exampleSegment } from './example-segments.ts';
import { layOut } from './paragraph-layout.ts';
import { patchDocument } from './patched-document.ts';
import { partlyShown, patchSegments, withArrivals } from './patches.ts';
import type { SegmentTable } from './segment-table.ts';

const NOTHING_HELD = () => false;
const A = exampleSegment('a', 0, 'Good morning.', { speaker: 'Ann' });
const B = exampleSegment('b', 500, 'How are you?', { speaker: 'Ann' });
const C = exampleSegment('c', 1200, 'Fine, thanks.', { speaker: 'Ben' });

/** Applies changes to a text as the editor does, and checks the table's ranges of the segments. */
function show(
  from: readonly EditableSegment[],
  to: readonly EditableSegment[],
  isHeld: (id: string) => boolean = NOTHING_HELD,
  document?: { text: string; table: SegmentTable },
) {
  const { text, table } = document ?? layOut(from);
  const patched = patchDocument(table, to, text.length, (start, end) => text.slice(start, end), isHeld);
  let result = Text.of(text.split('\n'));
  for (const { from: start, to: end, insert } of [...patched.changes].reverse()) {
    result = result.replace(start, end, Text.of(insert.split('\n')));
  }
  const shown = result.toString();
  const texts = to.map((_, index) => shown.slice(patched.table.from[index], patched.table.to[index]));
  return { ...patched, text: shown, texts };
}

describe('showing what the main process answered', () => {
  it('changes nothing where only times changed', () => {
    const { changes, table } = show([A, B, C], [A, { ...B, edited: true }, C]);
    expect(changes).toEqual([]);
    expect(table.segments[1]?.edited).toBe(true);
  });

  it('changes only the characters that differ', () => {
    const { changes } = show([A, B, C], [A, { ...B, text: 'How were you?' }, C]);
    expect(changes).toEqual([{ from: 18, to: 19, insert: 'we' }]);
  });

  it('makes a paragraph of what someone else speaks, and joins it again', () => {
    const other = { ...B, speaker: 'Ben' };
    const split = show([A, B, C], [A, other, C]);
    expect(split.text).toBe('Good morning.\nHow are you? Fine, thanks.');
    const joined = show([A, other, C], [A, B, C], NOTHING_HELD, split);
    expect(joined.text).toBe('Good morning. How are you?\nFine, thanks.');
  });

  it('takes segments out and puts them back', () => {
    const without = show([A, B, C], [A, C]);
    expect(without.text).toBe('Good morning.\nFine, thanks.');
    expect(show([A, C], [A, B, C], NOTHING_HELD, without).text).toBe(layOut([A, B, C]).text);
    expect(show([A, B, C], [C]).text).toBe('Fine, thanks.');
    expect(show([A, B, C], []).text).toBe('');
    expect(show([], [A, B]).text).toBe('Good morning. How are you?');
  });

  it('leaves the blank that was typed last, and newer text of the user', () => {
    const { table } = layOut([A, B, C]);
    const typed = {
      text: 'Good morning. How are you? \nFine, thanks.',
      table: { ...table, to: table.to.slice() },
    };
    typed.table.to[1] = (typed.table.to[1] as number) + 1;
    typed.table.from = table.from.slice();
    typed.table.from[2] = (typed.table.from[2] as number) + 1;
    typed.table.to[2] = (typed.table.to[2] as number) + 1;
    expect(show([A, B, C], [A, { ...B, edited: true }, C], NOTHING_HELD, typed).text).toBe(typed.text);
    const held = show([A, B, C], [A, { ...B, text: 'Older.' }, C], (id) => id === 'b');
    expect(held.texts[1]).toBe('How are you?');
  });

  it('ends with each segment holding its text, whatever the lists are', () => {
    const segment = fc.record({
      id: fc.integer({ min: 0, max: 12 }).map(String),
      text: fc.constantFrom('One.', 'Two words.', 'And three words', 'x'),
      speaker: fc.constantFrom('Ann', 'Ben', null),
    });
    const list = fc
      .uniqueArray(segment, { selector: ({ id }) => id, maxLength: 10 })
      .map((all) =>
        all.map(({ id, text, speaker }) => exampleSegment(id, Number(id) * 1000, text, { speaker })),
      );
    fc.assert(
      fc.property(list, list, (before, after) => {
        const { texts, text } = show(before, after);
        expect(texts).toEqual(after.map((one) => one.text));
        const held = texts.join('').replace(/\s/gu, '');
        expect(text.replace(/\s/gu, '')).toBe(held);
      }),
    );
  });
});

describe('applying patches to the list of segments', () => {
  it('replaces in place, splits, joins, inserts at the beginning', () => {
    const reworded = { ...B, text: 'How was it?' };
    expect(patchSegments([A, B, C], [{ after: 'a', removed: ['b'], inserted: [reworded] }])).toEqual([
      A,
      reworded,
      C,
    ]);
    const first = { ...B, text: 'How' };
    const second = { ...B, id: 'b2', text: 'are you?' };
    const split = patchSegments([A, B, C], [{ after: 'a', removed: ['b'], inserted: [first, second] }]);
    expect(split.map(({ id }) => id)).toEqual(['a', 'b', 'b2', 'c']);
    expect(patchSegments(split, [{ after: 'a', removed: ['b', 'b2'], inserted: [B] }])).toEqual([A, B, C]);
    expect(patchSegments([B], [{ after: null, removed: [], inserted: [A] }])).toEqual([A, B]);
    expect(patchSegments([A, B], [{ after: null, removed: ['a'], inserted: [] }])).toEqual([B]);
  });

  it('puts arrivals in by time and leaves what the user has changed', () => {
    const changed = { ...B, text: 'Changed.' };
    expect(withArrivals([A, changed], [B, C])).toEqual([A, changed, C]);
    expect(withArrivals([A, C], [B])).toEqual([A, B, C]);
  });
});

describe('a text on its way to another', () => {
  it('has every segment once at each step, in order, and is the other at the end', () => {
    const ids = fc.uniqueArray(fc.nat(40), { maxLength: 25 });
    const listOf = (numbers: number[]) =>
      numbers
        .toSorted((a, b) => a - b)
        .map((number) => exampleSegment(`s${number}`, number * 100, `word ${number}`));
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 1, max: 7 }), (before, after, size) => {
        const next = listOf(after);
        let current: readonly EditableSegment[] = listOf(before);
        for (let count = size; count < next.length; count += size) {
          current = partlyShown(current, next, count);
          expect(current.slice(0, count)).toEqual(next.slice(0, count));
          const starts = current.map(({ startMs }) => startMs);
          expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        }
        expect(show(current, next).texts).toEqual(next.map(({ text }) => text));
      }),
    );
  });
});
