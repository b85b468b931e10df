import { describe, expect, it } from 'vitest';
import type { EngineSegment } from '../../../contract/engine.ts';
import { uncoveredSpeech } from './uncovered-speech.ts';

function segmentOf(...words: [number, number][]): EngineSegment {
  return {
    startMs: words[0]?.[0] ?? 0,
    endMs: words.at(-1)?.[1] ?? 0,
    text: ' word'.repeat(words.length),
    words: words.map(([startMs, endMs]) => ({ startMs, endMs, text: ' word', probability: 0.9 })),
    meanLogProb: -0.1,
    noSpeechProbability: 0,
  };
}

const span = (startMs: number, endMs: number) => ({ startMs, endMs });

describe('uncoveredSpeech', () => {
  it('finds what was said after the decoder ended', () => {
    const words = segmentOf([200, 600], [700, 1200]);
    expect(uncoveredSpeech([span(0, 12_000)], [words])).toEqual([span(1550, 12_000)]);
  });

  it('finds a whole window without a word', () => {
    expect(uncoveredSpeech([span(300, 4000)], [])).toEqual([span(300, 4000)]);
  });

  it('takes neither a hesitation nor imprecise word times for lost speech', () => {
    const words = segmentOf([0, 900], [2000, 2600], [2900, 3300]);
    expect(uncoveredSpeech([span(0, 3800)], [words])).toEqual([]);
  });

  it('does not let one endless word cover a sentence', () => {
    expect(uncoveredSpeech([span(0, 8000)], [segmentOf([0, 8000])])).toEqual([span(1550, 8000)]);
  });

  it('joins speech across short pauses, not across words or long pauses', () => {
    const speech = [span(0, 1000), span(1400, 2400), span(5000, 6800), span(7400, 9000)];
    expect(uncoveredSpeech(speech, [])).toEqual([span(0, 2400), span(5000, 9000)]);
    expect(uncoveredSpeech(speech, [segmentOf([6800, 7400])])).toEqual([span(0, 2400)]);
  });

  it('counts speech alone, not the pauses in it', () => {
    expect(uncoveredSpeech([span(0, 500), span(1000, 1500), span(2000, 2400)], [])).toEqual([]);
  });
});
