import { describe, expect, it } from 'vitest';
import type { EngineSegment } from '../../../contract/engine.ts';
import { referenceSegments } from '../../speech/testing/fixture-audio.ts';
import { assessText, compressionRatio } from './text-quality.ts';

function segment(text: string, startMs: number, endMs: number, meanLogProb = -0.2): EngineSegment {
  return { startMs, endMs, text, words: [], meanLogProb, noSpeechProbability: 0 };
}

function assess(...texts: string[]) {
  const segments = texts.map((text, i) => segment(text, i * 5000, (i + 1) * 5000));
  return assessText(segments, { speechMs: texts.length * 5000 });
}

describe('assessText on loops', () => {
  it.each([
    ' I am here I am here I am here I am here I am here',
    ' Thank you. Thank you. Thank you. Thank you. Thank you. Thank you.',
    ' the the the the the the the the',
    ' aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ' hahahahahahahahahahahahahahahahahaha',
    '谢谢大家谢谢大家谢谢大家谢谢大家谢谢大家',
    ' so we went to the court and then so we went to the court and then so we went to the court and then',
  ])('flags %s', (text) => {
    expect(assess(' We begin now.', text, ' That was all.').flags).toEqual([[], ['loop'], []]);
  });

  it('flags a sentence that comes back segment after segment, and only that', () => {
    const { loop, flags, doubt } = assess(
      ' Good morning.',
      ...Array(5).fill(' I do not know.'),
      ' He left at nine.',
    );
    expect(loop).toBe(true);
    expect(flags).toEqual([[], ...Array(5).fill(['loop']), []]);
    expect(doubt).toBeGreaterThan(0.5);
    expect(doubt).toBeLessThan(1);
  });

  it.each([
    ' No, no, no, no, I never said that.',
    ' Yes. Yes. Yes.',
    ' The number is five five five, zero zero zero zero, nine.',
    ' I know, I know, I know, but what could I do?',
    '对对对对，没错。',
  ])('lets people say %s', (text) => {
    expect(assess(text)).toMatchObject({ loop: false, improbable: false, flags: [[]], doubt: 0 });
  });

  it('finds nothing wrong with real minutes of a hearing', () => {
    const spoken = referenceSegments('hearing-12min.opus');
    for (let i = 0; i < spoken.length; i += 10) {
      const segments = spoken
        .slice(i, i + 10)
        .map(({ text, start, end }) => segment(text, start * 1000, end * 1000));
      const speechMs = segments.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
      expect(assessText(segments, { speechMs })).toMatchObject({ loop: false, improbable: false, doubt: 0 });
    }
  });
});

describe('assessText on improbable text', () => {
  it('flags what the model itself doubts', () => {
    const segments = [segment(' Good morning.', 0, 2000), segment(' Sarah sealed Monday.', 2000, 4000, -1.4)];
    const { improbable, loop, flags } = assessText(segments, { speechMs: 4000 });
    expect({ improbable, loop, flags }).toEqual({
      improbable: true,
      loop: false,
      flags: [[], ['improbable']],
    });
  });

  it('flags more words than can be said in the time', () => {
    const many = ' one two three four five six seven eight nine ten eleven twelve';
    expect(assessText([segment(many, 0, 900)], { speechMs: 5000 }).flags).toEqual([['improbable']]);
    expect(assessText([segment(many, 0, 5000)], { speechMs: 5000 }).flags).toEqual([[]]);
  });

  it('flags a window in which a click became sentences', () => {
    const segments = [
      segment(' This is the end of it.', 0, 2000),
      segment(' Thank you for watching this.', 2000, 4000),
    ];
    expect(assessText(segments, { speechMs: 300 }).improbable).toBe(true);
  });

  it('has no doubt where there is no text', () => {
    expect(assessText([], { speechMs: 5000 })).toEqual({
      loop: false,
      improbable: false,
      flags: [],
      doubt: 0,
    });
  });
});

describe('compressionRatio', () => {
  it('rises with repetition', () => {
    expect(compressionRatio('The witness copied the red report on Friday evening.')).toBeLessThan(1.5);
    expect(compressionRatio('I am here. '.repeat(30))).toBeGreaterThan(2.4);
    expect(compressionRatio('  ')).toBe(0);
  });
});
