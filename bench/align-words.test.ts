import { describe, expect, it } from 'vitest';
import { alignReference, countErrors, totalErrors } from './align-words.ts';

const words = (text: string) => text.split(' ').filter((word) => word !== '');
const errors = (reference: string, heard: string) =>
  countErrors(alignReference(words(reference), words(heard)));

describe('alignWords', () => {
  it('finds nothing wrong with equal texts', () => {
    expect(errors('the code is four', 'the code is four')).toEqual({
      ...{ substitutions: 0, deletions: 0, insertions: 0 },
    });
  });

  it('counts each kind of error', () => {
    expect(errors('a b c d', 'a x c d')).toEqual({ substitutions: 1, deletions: 0, insertions: 0 });
    expect(errors('a b c d', 'a c d')).toEqual({ substitutions: 0, deletions: 1, insertions: 0 });
    expect(errors('a b c d', 'a b b c d')).toEqual({ substitutions: 0, deletions: 0, insertions: 1 });
    expect(errors('a b c d e f', 'a x c d f g')).toEqual({ substitutions: 1, deletions: 1, insertions: 1 });
  });

  it('counts a text that was not heard at all, and one that nobody said', () => {
    expect(errors('a b c', '')).toEqual({ substitutions: 0, deletions: 3, insertions: 0 });
    expect(errors('', 'thank you')).toEqual({ substitutions: 0, deletions: 0, insertions: 2 });
    expect(errors('', '')).toEqual({ substitutions: 0, deletions: 0, insertions: 0 });
  });

  it('never takes more errors than needed', () => {
    // kitten → sitting, the textbook case, by characters.
    const steps = alignReference([...'kitten'], [...'sitting']);
    expect(totalErrors(countErrors(steps))).toBe(3);
    expect(totalErrors(errors('a b c a b b a', 'c b a b a c'))).toBe(4);
  });

  it('leads through both lists in order, each word once', () => {
    const steps = alignReference(words('a b c d'), words('b x d e'));
    expect(steps).toEqual([
      { kind: 'deleted', reference: 0 },
      { kind: 'same', reference: 1, heard: 0 },
      { kind: 'substituted', reference: 2, heard: 1 },
      { kind: 'same', reference: 3, heard: 2 },
      { kind: 'inserted', heard: 3 },
    ]);
  });
});
