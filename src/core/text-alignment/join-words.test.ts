import { describe, expect, it } from 'vitest';
import type { EngineWord } from '../../contract/engine.ts';
import { joinWords } from './join-words.ts';

function heard(...texts: string[]): EngineWord[] {
  return texts.map((text, i) => ({
    text,
    startMs: i * 100,
    endMs: i * 100 + 90,
    probability: 0.5 + i / 100,
  }));
}

describe('joinWords', () => {
  it('attaches punctuation to its word, opening signs to the next', () => {
    const words = heard(' ¿', 'Puede', ' leer', ' ?', ' "', ' sí', '"', '...', ' (', ' dijo', ')');
    expect(joinWords(words).map(({ text }) => text)).toEqual([' ¿Puede', ' leer ?', ' " sí"...', ' ( dijo)']);
  });

  it('keeps the times and the probability of what is spoken', () => {
    expect(joinWords(heard(' ¿', 'Qué', ' ?'))).toEqual([
      { text: ' ¿Qué ?', startMs: 100, endMs: 190, probability: 0.51 },
    ]);
  });

  it('gives the text back when joined, and nothing where nothing is spoken', () => {
    const words = heard(' —', ' Well', ' –', ' yes', '!', ' (');
    expect(
      joinWords(words)
        .map(({ text }) => text)
        .join(''),
    ).toBe(' — Well – yes! (');
    expect(joinWords(heard(' .', ' ...', '♪'))).toEqual([]);
  });

  it('leaves the words of scripts without blanks apart', () => {
    expect(joinWords(heard('你好', '，', '「', '世界', '」')).map(({ text }) => text)).toEqual([
      '你好，',
      '「世界」',
    ]);
  });
});
