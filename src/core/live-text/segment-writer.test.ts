import { describe, expect, it } from 'vitest';
import { SegmentWriter } from './segment-writer.ts';
import { heard } from './testing/heard.ts';

const added = (...portions: string[]) => {
  const writer = new SegmentWriter('Speaker 1');
  const texts = portions.map((words) => writer.add(heard(words)).map(({ text }) => text));
  return { texts, end: writer.end().map(({ text }) => text) };
};

describe('segments of confirmed words', () => {
  it('are sentences, once another word has followed', () => {
    expect(added('The@1 code@1.5 is@2 one.@2.5', 'We@3 waited@3.5')).toEqual({
      texts: [[], ['The code is one.']],
      end: ['We waited'],
    });
  });

  it('do not end at an abbreviation', () => {
    expect(added('Dr.@1 Miller@1.5 and@2 approx.@2.5 ten@3').texts).toEqual([[]]);
  });

  it('are no longer than ten seconds, cut at a pause or a comma', () => {
    const words = Array.from(
      { length: 24 },
      (_, index) => `w${index}${index === 14 ? ',' : ''}@${index * 0.5}`,
    );
    const { texts, end } = added(words.join(' '));
    expect(texts[0]?.[0]).toMatch(/^w0 .* w14,$/);
    expect(end[0]).toMatch(/^w15 /);
  });

  it('are in one language, and carry the speaker, times and confidences of their words', () => {
    const writer = new SegmentWriter('Speaker 2');
    const [hello, hola] = heard('hello@1 hola@2').map((word, index) => ({
      ...word,
      language: index === 0 ? 'en' : 'es',
      confidence: 0.5,
    }));
    if (hello === undefined || hola === undefined) throw new Error('no words');
    expect([...writer.add([hello, hola]), ...writer.end()]).toEqual([
      {
        ...{
          startMs: 1000,
          endMs: 1300,
          text: 'hello',
          speaker: 'Speaker 2',
          language: 'en',
          confidence: 0.5,
        },
        ...{ flags: [], words: [{ startMs: 1000, endMs: 1300, text: 'hello', confidence: 0.5 }] },
      },
      expect.objectContaining({ text: 'hola', language: 'es' }),
    ]);
  });
});
