import { EditorState } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleSegment } from './example-segments.ts';
import { layOut } from './paragraph-layout.ts';
import {
  indexAtPosition,
  indexAtTime,
  indexesInRange,
  moveTable,
  type SegmentTable,
} from './segment-table.ts';

const SEGMENTS = [
  exampleSegment('a', 0, 'Good morning.', { speaker: 'Ann' }),
  exampleSegment('b', 500, 'How are you?', { speaker: 'Ann' }),
  exampleSegment('c', 1200, 'Fine, thanks.', { speaker: 'Ben' }),
  exampleSegment('d', 1800, 'And you?', { speaker: 'Ben' }),
];

function textsOf(document: string, table: SegmentTable): string[] {
  return table.segments.map((_, index) => document.slice(table.from[index], table.to[index]));
}

function change(from: number, to: number, insert: string) {
  const { text, table } = layOut(SEGMENTS);
  const state = EditorState.create({ doc: text });
  const { changes, newDoc } = state.update({ changes: { from, to, insert } });
  const moved = moveTable(table, changes);
  return {
    texts: textsOf(newDoc.toString(), moved.table),
    touched: moved.touched,
    document: newDoc.toString(),
  };
}

describe('moving the table along with what a user types', () => {
  const at = (text: string) => layOut(SEGMENTS).text.indexOf(text);

  it('gives a character to the segment it is typed in', () => {
    const { texts, touched } = change(at('morning'), at('morning'), 'sunny ');
    expect(texts).toEqual(['Good sunny morning.', 'How are you?', 'Fine, thanks.', 'And you?']);
    expect(touched).toEqual(['a']);
  });

  it('gives what is typed at the end of a segment to that segment', () => {
    const end = at(' How');
    expect(change(end, end, '..').texts.slice(0, 2)).toEqual(['Good morning...', 'How are you?']);
  });

  it('gives what is typed at the beginning of a paragraph to that paragraph', () => {
    const { texts, touched } = change(at('Fine'), at('Fine'), 'Oh, ');
    expect(texts).toEqual(['Good morning.', 'How are you?', 'Oh, Fine, thanks.', 'And you?']);
    expect(touched).toEqual(['c']);
  });

  it('keeps emptied segments in place when three are typed over', () => {
    const { texts, touched, document } = change(at('morning'), at('you?'), 'x ');
    expect(texts[0]).toBe('Good x ');
    expect(texts[1]).toBe('you?');
    expect(touched).toEqual(['a', 'b']);
    expect(document).toContain('Good x you?');
  });

  it('empties what is deleted whole and gives what replaces it to the first', () => {
    const { texts, touched } = change(0, at('And you') - 1, 'Yes.');
    expect(texts).toEqual(['Yes.', '', '', 'And you?']);
    expect(touched).toEqual(['a', 'b', 'c']);
  });

  it('goes on in the segment typed in where segments meet without a separator', () => {
    const { text, table } = layOut(SEGMENTS);
    let state = EditorState.create({ doc: text });
    let current = table;
    for (const [from, to, insert] of [
      [at('morning'), at('thanks'), 'x'],
      [at('morning') + 1, at('morning') + 1, 'y'],
    ] as const) {
      const transaction = state.update({ changes: { from, to, insert } });
      current = moveTable(current, transaction.changes).table;
      state = transaction.state;
    }
    expect(textsOf(state.doc.toString(), current)).toEqual(['Good xy', '', 'thanks.', 'And you?']);
  });

  it('leaves a line break at the end of an insertion outside of every segment', () => {
    const { texts } = change(at('you?'), at('thanks'), 'x\n');
    expect(texts).toEqual(['Good morning.', 'How are x', 'thanks.', 'And you?']);
  });

  it('touches nothing when only a separator changes', () => {
    const end = at(' How');
    const { touched } = change(end, end + 1, '');
    expect(touched).toEqual([]);
  });

  it('keeps order and bounds whatever is done', () => {
    const { text, table } = layOut(SEGMENTS);
    const edit = fc.record({
      from: fc.nat(),
      length: fc.nat(30),
      insert: fc.stringMatching(/^[a-z ]{0,6}$/),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 30 }), (edits) => {
        let state = EditorState.create({ doc: text });
        let current = table;
        for (const { from, length, insert } of edits) {
          const start = from % (state.doc.length + 1);
          const end = Math.min(state.doc.length, start + length);
          const transaction = state.update({ changes: { from: start, to: end, insert } });
          current = moveTable(current, transaction.changes).table;
          state = transaction.state;
        }
        let last = 0;
        for (const index of current.segments.keys()) {
          expect(current.from[index]).toBeGreaterThanOrEqual(last);
          expect(current.to[index]).toBeGreaterThanOrEqual(current.from[index] as number);
          last = current.to[index] as number;
        }
        expect(last).toBeLessThanOrEqual(state.doc.length);
      }),
    );
  });

  it('loses no character that is typed', () => {
    const { text, table } = layOut(SEGMENTS);
    const edit = fc.record({ from: fc.nat(), length: fc.nat(40), insert: fc.stringMatching(/^[A-Z]{1,6}$/) });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 20 }), (edits) => {
        let state = EditorState.create({ doc: text });
        let current = table;
        for (const { from, length, insert } of edits) {
          const start = from % (state.doc.length + 1);
          const end = Math.min(state.doc.length, start + length);
          const transaction = state.update({ changes: { from: start, to: end, insert } });
          current = moveTable(current, transaction.changes).table;
          state = transaction.state;
        }
        const held = textsOf(state.doc.toString(), current).join('');
        expect(held.replace(/\s/gu, '')).toBe(state.doc.toString().replace(/\s/gu, ''));
      }),
    );
  });
});

describe('finding segments', () => {
  const { table } = layOut(SEGMENTS);

  it('finds them by character and by time', () => {
    expect(indexAtPosition(table, 0)).toBe(0);
    expect(indexAtPosition(table, table.from[2] as number)).toBe(2);
    expect(indexAtTime(table, 1199)).toBe(1);
    expect(indexAtTime(table, 1200)).toBe(2);
    expect(indexAtTime(layOut([exampleSegment('a', 100, 'x')]).table, 50)).toBe(-1);
  });

  it('finds those that a range touches', () => {
    expect(indexesInRange(table, (table.to[0] as number) - 1, table.from[2] as number)).toEqual({
      first: 0,
      last: 2,
    });
    expect(indexesInRange(table, 2, 2)).toEqual({ first: 0, last: 0 });
  });
});
