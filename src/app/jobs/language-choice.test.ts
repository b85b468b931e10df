import { describe, expect, test } from 'vitest';
import { Engine } from '../../core/engine/engine.ts';
import { decidingRanges, LanguageDecision } from '../../core/pipeline/language-choice.ts';
import { SAMPLE_OPTIONS } from '../testing/test-workspace.ts';

const NEVER_STARTED = new Engine(() => {
  throw new Error('Nothing is listened to here');
});

function decision(
  used: { language: string; inMatter: number; inVault: number }[] = [],
  chosen: string[] = [],
) {
  const usual = [
    ...used.map((use) => ({ ...use, isChosen: chosen.includes(use.language) })),
    ...chosen.map((language) => ({ language, inMatter: 0, inVault: 0, isChosen: true })),
  ];
  return new LanguageDecision(NEVER_STARTED, SAMPLE_OPTIONS, usual, new AbortController().signal);
}

const guesses = (probabilities: Record<string, number>) =>
  Object.entries(probabilities).map(([language, probability]) => ({ language, probability }));

describe('LanguageDecision', () => {
  test('averages over stretches, longer ones counting more', () => {
    const heard = decision();
    heard.add(guesses({ en: 0.54, es: 0.46 }), 1000);
    heard.add(guesses({ en: 0.02, es: 0.98 }), 9000);
    expect(heard.best.language).toBe('es');
    expect(heard.best.probability).toBeCloseTo(0.93, 2);
  });

  test('lets what is usual decide where the model cannot', () => {
    const usual = [
      { language: 'pt', inMatter: 4, inVault: 4 },
      { language: 'en', inMatter: 0, inVault: 6 },
    ];
    const doubtful = decision(usual);
    doubtful.add(guesses({ es: 0.5, pt: 0.4, en: 0.1 }), 4000);
    expect(doubtful.best.language).toBe('pt');
    const clear = decision(usual);
    clear.add(guesses({ es: 0.95, pt: 0.04, en: 0.01 }), 4000);
    expect(clear.best.language).toBe('es');
  });

  test('prefers the languages that the user calls usual, tells the doubt, and gives way to what is clear', () => {
    const doubtful = decision([], ['es', 'ca']);
    doubtful.add(guesses({ pt: 0.6, gl: 0.25, es: 0.15 }), 2000);
    expect(doubtful.best.language).toBe('es');
    expect(doubtful.best.probability).toBeCloseTo(0.15, 2);
    const clear = decision([], ['es', 'ca']);
    clear.add(guesses({ pt: 0.98, es: 0.02 }), 2000);
    expect(clear.best.language).toBe('pt');
    expect(clear.best.probability).toBeCloseTo(0.98, 2);
  });

  test('takes two recordings for no habit', () => {
    const heard = decision([{ language: 'pt', inMatter: 2, inVault: 2 }]);
    heard.add(guesses({ es: 0.5, pt: 0.4 }), 4000);
    expect(heard.best.language).toBe('es');
  });
});

describe('decidingRanges', () => {
  test('takes all of what is short, in stretches of at most ten seconds', () => {
    expect(decidingRanges([4000])).toEqual([{ window: 0, startMs: 0, endMs: 4000 }]);
    expect(decidingRanges([12_000, 6000])).toEqual([
      { window: 0, startMs: 0, endMs: 6000 },
      { window: 0, startMs: 6000, endMs: 12_000 },
      { window: 1, startMs: 0, endMs: 6000 },
    ]);
  });

  test('spreads three over what is longer, the first at the beginning', () => {
    expect(decidingRanges([30_000, 30_000]).map(({ window, startMs }) => [window, startMs])).toEqual([
      [0, 0],
      [1, 0],
      [1, 20_000],
    ]);
  });
});
