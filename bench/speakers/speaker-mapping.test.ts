import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAssignment } from './speaker-mapping.ts';

describe('bestAssignment', () => {
  it.each([
    ['nothing', [], []],
    ['rows without columns', [[], []], [null, null]],
    [
      'a choice that is not the greediest',
      [
        [6, 4],
        [5, 0],
      ],
      [1, 0],
    ],
    ['more rows than columns', [[3], [5], [4]], [null, 0, null]],
    ['more columns than rows', [[1, 9, 3]], [1]],
    [
      'what would add nothing',
      [
        [7, 0],
        [0, 0],
      ],
      [0, null],
    ],
  ])('takes %s', (_, weights, expected) => {
    expect(bestAssignment(weights)).toEqual(expected);
  });

  it('finds the greatest of all sums', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
      .chain(([rows, columns]) => {
        const row = fc.array(fc.nat(20), { minLength: columns, maxLength: columns });
        return fc.array(row, { minLength: rows, maxLength: rows });
      });
    fc.assert(
      fc.property(matrix, (weights) => {
        const chosen = bestAssignment(weights);
        const columns = chosen.filter((column) => column !== null);
        expect(new Set(columns).size).toBe(columns.length);
        const sum = chosen.reduce<number>(
          (total, column, row) => total + (column === null ? 0 : (weights[row]?.[column] ?? 0)),
          0,
        );
        expect(sum).toBe(greatestSum(weights, new Set()));
      }),
    );
  });
});

/** By trying all. */
function greatestSum([row, ...rest]: readonly (readonly number[])[], taken: ReadonlySet<number>): number {
  if (row === undefined) return 0;
  const sums = row.map((weight, column) =>
    taken.has(column) ? 0 : weight + greatestSum(rest, new Set([...taken, column])),
  );
  return Math.max(greatestSum(rest, taken), ...sums);
}
