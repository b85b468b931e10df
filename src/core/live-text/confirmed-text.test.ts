import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import { ConfirmedText, type PassEnd } from './confirmed-text.ts';
import type { HeardWord } from './heard-words.ts';
import { heard } from './testing/heard.ts';

/** A text that passes are given to: their words, up to a second. */
function textOfPasses() {
  const text = new ConfirmedText(null);
  const segments: Segment[] = [];
  return {
    text,
    segments,
    pass(words: string | HeardWord[], seconds: number, end: PassEnd = 'now', startMs = 0) {
      const range = { startMs, endMs: seconds * 1000 };
      segments.push(...text.accept(range, typeof words === 'string' ? heard(words) : words, end));
    },
    /** Everything confirmed so far. */
    get confirmed() {
      return [...segments.map((segment) => segment.text), text.words.confirmed].join(' ').trim();
    },
  };
}

describe('the text of a channel', () => {
  // What ggml-base-q8_0 heard in the first 4 to 11 seconds of Kennedy's inaugural address.
  const PASSES: [words: string, seconds: number][] = [
    ['And@0.3 so@0.7 my@1.1 fellow@1.4 American@1.8', 2.4],
    ['And@0.3 so@0.7 my@1.1 fellow@1.4 Americans@1.8', 3],
    ['And@0.3 so,@0.7 my@1.1 fellow@1.4 Americans,@1.8 asked@3.3', 3.8],
    ['And@0.3 so@0.7 my@1.1 fellow@1.4 Americans@1.8 ask@3.3 not@4.1', 4.6],
    ['And@0.3 so@0.7 my@1.1 fellow@1.4 Americans@1.8 ask@3.3 not@4.1 what@5.4', 5.8],
  ];

  it('is confirmed as two passes agree, and interim before', () => {
    const passes = textOfPasses();
    const states = PASSES.map(([words, seconds]) => {
      passes.pass(words, seconds);
      return passes.text.words;
    });
    expect(states).toEqual([
      { confirmed: '', interim: 'And so my fellow American' },
      { confirmed: 'And so my fellow', interim: 'Americans' },
      { confirmed: 'And so my fellow Americans,', interim: 'asked' },
      { confirmed: 'And so my fellow Americans,', interim: 'ask not' },
      { confirmed: 'And so my fellow Americans, ask', interim: 'not what' },
    ]);
  });

  it('is a segment when its window ends', () => {
    const passes = textOfPasses();
    passes.pass('all@1 right@1.4', 2);
    passes.pass('All@1 right,@1.4 then.@1.9', 3, 'windowEnd');
    expect(passes.segments).toEqual([
      expect.objectContaining({ text: 'All right, then.', startMs: 1000, endMs: 2200, flags: [] }),
    ]);
    expect(passes.text.words).toEqual({ confirmed: '', interim: '' });
  });

  it('keeps three times no', () => {
    const passes = textOfPasses();
    passes.pass('No@1', 1.6);
    passes.pass('No,@1 no@1.5', 2.2);
    passes.pass('No,@1 no,@1.5 no@2.1', 2.8);
    passes.pass('No,@1 no,@1.5 no.@2.1', 4, 'windowEnd');
    expect(passes.confirmed).toBe('No, no, no.');
  });

  it('goes on when passes cannot agree on a word', () => {
    const passes = textOfPasses();
    for (let second = 2; second <= 14; second += 1) {
      const word = second % 2 === 0 ? 'gonna' : 'going';
      const later = Array.from({ length: second - 2 }, (_, index) => `w${index}@${index + 2}`);
      passes.pass(`${word}@1 ${later.join(' ')}`, second + 0.5);
    }
    expect(passes.confirmed).toMatch(/^(gonna|going) w0 w1/);
  });

  it('confirms what a pass at its limit heard but its end', () => {
    const passes = textOfPasses();
    passes.pass('one@1 two@8 three@24', 25, 'limit');
    expect(passes.text.words).toEqual({ confirmed: 'one two', interim: 'three' });
  });

  it('tells between which confirmed words a pass may begin: sentences first', () => {
    const passes = textOfPasses();
    const said = 'one@1 two.@2 Three@4 four@5 five@7.5 six@9 seven@12';
    passes.pass(said, 13);
    passes.pass(said, 13.2);
    expect(passes.text.restartMs(3_000, 10_000)).toBe(3150);
    expect(passes.text.restartMs(4_500, 10_000)).toBe(6400);
    expect(passes.text.restartMs(11_000, 10_000)).toBe(null);
  });
});

describe('confirmed text', () => {
  const VOCABULARY = ['no', 'No,', 'yes', 'well.', 'so', 'it'];
  /** Passes that hear what is said more or less well: a word wrong, missing or inserted, times off. */
  const hearing = fc.record({
    word: fc.constantFrom(...VOCABULARY),
    fault: fc.constantFrom('none', 'none', 'none', 'other', 'missing', 'twice', 'doubtful'),
    offMs: fc.integer({ min: -250, max: 250 }),
  });
  const pass = fc.record({
    hearings: fc.array(hearing, { minLength: 24, maxLength: 24 }),
    end: fc.constantFrom<PassEnd>('now', 'now', 'now', 'now', 'limit', 'windowEnd'),
  });

  it('is never changed, whatever the passes hear', () => {
    const said = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(said, fc.array(pass, { maxLength: 12 }), (words, passes) => {
        const state = textOfPasses();
        let confirmed = '';
        let startMs = 0;
        for (const [index, { hearings, end }] of passes.entries()) {
          const untilMs = (index + 1) * 1_000;
          const heardNow = words.flatMap((text, place): HeardWord[] => {
            const at = place * 450;
            const { word, fault, offMs } = hearings[place] as (typeof hearings)[number];
            if (at < startMs || at > untilMs || fault === 'missing') return [];
            const [one] = heard(`${fault === 'other' ? word : text}@${Math.max(0, at + offMs) / 1000}`) as [
              HeardWord,
            ];
            const doubted: HeardWord = fault === 'doubtful' ? { ...one, flags: ['improbable'] } : one;
            return fault === 'twice' ? [doubted, doubted] : [doubted];
          });
          state.pass(heardNow, untilMs / 1000, end, startMs);
          expect(state.confirmed.startsWith(confirmed)).toBe(true);
          confirmed = state.confirmed;
          if (end === 'windowEnd') startMs = untilMs;
        }
      }),
    );
  });

  it('is what was said, when every pass hears it well', () => {
    const said = fc.array(fc.constantFrom(...VOCABULARY), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(said, fc.integer({ min: 300, max: 2000 }), (words, everyMs) => {
        const state = textOfPasses();
        const all = heard(words.map((text, place) => `${text}@${place * 0.45}`).join(' '));
        const endMs = words.length * 450;
        for (let atMs = everyMs; atMs < endMs; atMs += everyMs) {
          state.pass(
            all.filter((word) => word.startMs < atMs),
            atMs / 1000,
          );
        }
        state.pass(all, endMs / 1000, 'windowEnd');
        expect(state.confirmed).toBe(words.join(' '));
      }),
    );
  });
});
