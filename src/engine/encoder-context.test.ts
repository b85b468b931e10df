import { describe, expect, it } from 'vitest';
import { encoderContext, languageContext, liveContext } from './encoder-context.ts';

const SECOND = 16_000;

describe('how much of the encoder is used', () => {
  it('to transcribe: half of it at least, all of it at most, and a little behind the end', () => {
    expect([1, 10, 20, 30].map((s) => encoderContext(s * SECOND))).toEqual([768, 768, 1250, 1500]);
  });

  it('for live text: the sound and a little behind it', () => {
    expect([1, 4, 20, 30].map((s) => liveContext(s * SECOND))).toEqual([400, 450, 1250, 1500]);
  });

  it('to tell a language: no more than the span holds', () => {
    expect([1, 10, 20, 30].map((s) => languageContext(s * SECOND))).toEqual([100, 550, 1050, 1500]);
    expect(languageContext(SECOND + 1)).toBe(101);
  });
});
