import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOf } from './heard-words.ts';
import { agreedWords, wordsAfter } from './local-agreement.ts';
import { heard } from './testing/heard.ts';

const following = (confirmed: string, pass: string) => textOf(wordsAfter(heard(confirmed), heard(pass)));

describe('what a pass says after the confirmed words', () => {
  it('is all of it as long as nothing is confirmed', () => {
    expect(following('', 'and@0.2 so@0.6')).toBe('and so');
  });

  it('is what follows the words that it heard again', () => {
    expect(following('and@0.2 so@0.6', 'And@0.3 so,@0.5 my@0.9 fellow@1.2')).toBe('my fellow');
  });

  it('keeps a word that was said again, and again', () => {
    expect(following('no@1 no@1.5', 'no,@1.1 no,@1.4 no.@2')).toBe('no.');
    expect(following('no@1', 'no,@0.7 no,@1.4 no.@2')).toBe('no, no.');
    expect(following('no@1 no@1.5 no@2', 'no,@1.1 no,@1.4 no.@1.9')).toBe('');
  });

  it('leaves out what was heard differently at the same time', () => {
    expect(following('we@1 gonna@1.3', 'we@1 going@1.3 to@1.4 play@1.8')).toBe('play');
    expect(following('at@1 two@1.3', 'at@1 eight@1.35 oclock@1.7')).toBe('oclock');
    expect(following('ask@1 what@1.3', 'was@1 that@1.3 you@1.8')).toBe('you');
  });

  it('is nothing if the pass ends before them', () => {
    expect(following('and@0.2 so@0.6 my@1', 'and@0.2')).toBe('');
  });

  it('begins behind the last confirmed word if the pass begins there', () => {
    expect(following('country@5', 'try@5.05 can@5.4 do@5.8')).toBe('can do');
  });
});

describe('what two passes agree on', () => {
  const agreed = (before: string, pass: string, settledMs = 60_000) =>
    textOf(agreedWords(heard(before), heard(pass), settledMs));

  it('are the first words that both have, in the newer spelling', () => {
    expect(agreed('and@0 so@0.5 my@1 fell@1.5', 'And@0 so,@0.6 my@1 fellow@1.5 Americans@2')).toBe(
      'And so, my',
    );
  });

  it('are none at other times', () => {
    expect(agreed('so@0 what@3', 'so@0 what@5')).toBe('so');
  });

  it('are none that were still being said', () => {
    expect(agreed('ask@1 not@1.4', 'ask@1 not@1.4 what@1.8', 1_500)).toBe('ask');
  });

  it('are none that are doubtful', () => {
    expect(agreed('ask@1 not@1.4', 'ask@1 not@1.4!doubtful')).toBe('ask');
  });
});

describe('the alignment', () => {
  it('leaves exactly what was said since, whatever words they are, when the times are a little off', () => {
    const words = fc.array(fc.constantFrom('no', 'yes', 'no,', 'well'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        words,
        fc.nat({ max: 11 }),
        fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 12 }),
        (said, known, off) => {
          const all = heard(said.map((word, index) => `${word}@${0.4 * index}`).join(' '));
          const again = all.map((word, index) => {
            const by = off[index] ?? 0;
            return { ...word, startMs: Math.max(0, word.startMs + by), endMs: word.endMs + by };
          });
          expect(wordsAfter(all.slice(0, known), again)).toEqual(again.slice(Math.min(known, said.length)));
        },
      ),
    );
  });
});
