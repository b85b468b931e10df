import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EditableSegment } from '../../../../src/contract/views.ts';
import { doubtfulWords, doubtKind, findDoubts, findDoubtsInPauses } from './doubts.ts';
import { exampleSegment } from './example-segments.ts';

const INSIDE = { beginsSentence: false, language: 'en', next: '' };

function withConfidence(
  segment: EditableSegment,
  confidences: Readonly<Record<string, number>>,
): EditableSegment {
  return {
    ...segment,
    words: segment.words.map((word) => ({ ...word, confidence: confidences[word.text] ?? word.confidence })),
  };
}

describe('what kind of doubt a word is', () => {
  it.each([
    ['not', 'negation'],
    ["didn't", 'negation'],
    ['40mg', 'dose'],
    ['milligrams,', 'dose'],
    ['1987', 'number'],
    ['forty', 'number'],
    ['Maier', 'name'],
  ] as const)('%s is a %s', (text, kind) => {
    expect(doubtKind({ text, confidence: 0.4 }, INSIDE)).toBe(kind);
  });

  it('is a dose where a unit follows the number', () => {
    expect(doubtKind({ text: 'forty', confidence: 0.6 }, { ...INSIDE, next: 'milligrams' })).toBe('dose');
  });

  it('is no name at the beginning of a sentence, nor in a language that writes nouns so', () => {
    expect(doubtKind({ text: 'Because', confidence: 0.4 }, { ...INSIDE, beginsSentence: true })).toBe('word');
    expect(doubtKind({ text: 'Haus', confidence: 0.4 }, { ...INSIDE, language: 'de' })).toBe('word');
  });

  it('is none where the machine was sure', () => {
    expect(doubtKind({ text: 'not', confidence: 0.9 }, INSIDE)).toBeNull();
    expect(doubtKind({ text: 'house', confidence: 0.6 }, INSIDE)).toBeNull();
  });
});

describe('choosing doubtful words', () => {
  it('finds the same with pauses', async () => {
    const all = Array.from({ length: 2300 }, (_, index) =>
      withConfidence(exampleSegment(String(index), index * 3000, `it was not ${index} boxes.`), {
        not: (index % 97) / 97,
        [String(index)]: (index % 89) / 89,
      }),
    );
    let pauses = 0;
    const found = await findDoubtsInPauses(all, async () => {
      pauses += 1;
    });
    expect(found).toEqual(findDoubts(all));
    expect(found.size).toBeGreaterThan(0);
    expect(pauses).toBe(4);
  });

  it('marks at most three in any hundred words that follow each other', () => {
    const segments = fc
      .array(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), {
        maxLength: 40,
      })
      .map((all) =>
        all.map((confidences, index) => {
          const text = confidences.map((_, place) => `w${place}`).join(' ');
          const segment = exampleSegment(String(index), index * 10_000, text);
          return {
            ...segment,
            words: segment.words.map((word, i) => ({ ...word, confidence: confidences[i] ?? 1 })),
          };
        }),
      );
    fc.assert(
      fc.property(segments, (all) => {
        const doubts = findDoubts(all);
        const marks: boolean[] = all.flatMap((segment) => {
          const doubtful = new Set(doubtfulWords(segment, doubts));
          return segment.words.map((_, index) => doubtful.has(index));
        });
        for (let start = 0; start < marks.length; start += 1) {
          expect(marks.slice(start, start + 100).filter(Boolean).length).toBeLessThanOrEqual(3);
        }
      }),
    );
  });

  it('marks negations, numbers, doses and names before other words that are less certain', () => {
    const segment = withConfidence(
      exampleSegment('a', 0, 'house He did not see Maier at nine in the garden'),
      {
        house: 0.1,
        garden: 0.1,
        not: 0.6,
        nine: 0.6,
        Maier: 0.5,
      },
    );
    const doubts = findDoubts([segment]);
    expect(doubts.get('a')?.map(({ text }) => text)).toEqual(['not', 'Maier', 'nine']);
  });

  it('forgets a doubt once its word is another', () => {
    const segment = withConfidence(exampleSegment('a', 0, 'He did not come'), { not: 0.3 });
    const doubts = findDoubts([segment]);
    expect(doubtfulWords(segment, doubts)).toEqual([2]);
    const corrected = exampleSegment('a', 0, 'He did now come');
    expect(doubtfulWords(corrected, doubts)).toEqual([]);
  });
});
