import { describe, expect, it } from 'vitest';
import { parseSpeechList } from './speech-list.ts';
import { isScored, languageCode, normalWords, scoreOf } from './speech-score.ts';

describe('normalWords', () => {
  it.each([
    ["Lord, but I'm glad – you’ll see!", 'en', "lord but i'm glad you'll see"],
    ["'quoted' rock'n'roll dogs' [Music] (laughs) end", 'en', "quoted rock'n'roll dogs end"],
    ['ENFÁTICAMENTE ﬁn 3ª', 'es', 'enfáticamente fin 3a'],
    ['usoc-comité 1,000.5 a_b', 'fr', 'usoc comité 1 000 5 a b'],
    ['हिन्दी में', 'hi', 'हिन्दी में'],
    ['净空 15 米。', 'zh', '净 空 1 5 米'],
    ['한 옆으로', 'ko', '한 옆 으 로'],
  ])('takes %j in %s as %j', (text, language, words) => {
    expect(normalWords(text, language)).toEqual(words.split(' '));
  });
});

describe('which recordings count', () => {
  it.each([
    ['-', '(no speech: expected empty)', true],
    ['en', 'What is the weather like?', true],
    ['en+de', 'The licence, first English then German', false],
    ['en', '(write by ear)', false],
    ['en', 'tests/data/debug.*.rttm (who/when, no words)', false],
    ['en', '1.70-3.90 S1, 6.20-11.10 S2', false],
    ['en', '"left: one; right: two', false],
    ['en', '', false],
  ])('language %j with %j: %j', (language, reference, counts) => {
    expect(isScored({ language, reference })).toBe(counts);
  });
});

describe('scoreOf', () => {
  const spanish = { language: 'es-419', reference: 'las arenas son blanquecinas' };

  it('counts each kind of error', () => {
    const { said, heard, errors } = scoreOf(spanish, {
      text: 'Las arenas eran muy blancas, sí',
      language: 'es',
    });
    expect({ said, heard }).toEqual({ said: 4, heard: 6 });
    expect(errors).toEqual({ substitutions: 2, deletions: 0, insertions: 2 });
  });

  it('compares languages by their codes alone', () => {
    expect(languageCode({ language: 'en (French accent)' })).toBe('en');
    expect(scoreOf(spanish, { text: '', language: 'es' }).isLanguageRight).toBe(true);
    expect(scoreOf(spanish, { text: '', language: 'en' }).isLanguageRight).toBe(false);
    expect(scoreOf(spanish, { text: '', language: null }).isLanguageRight).toBe(false);
  });

  it('counts every word as invented where nobody speaks', () => {
    const score = scoreOf(
      { language: '-', reference: '(no speech)' },
      { text: 'Thank you.', language: 'en' },
    );
    expect(score).toEqual({
      ...{ said: 0, heard: 2, isLanguageRight: null },
      errors: { substitutions: 0, deletions: 0, insertions: 2 },
    });
  });
});

it('reads a list with quoted cells, and texts that are those of another file', () => {
  const rows = parseSpeechList(
    [
      'file\tlanguage\tkind\tseconds\tlicence\tsource\treference',
      'a--jfk.wav\ten-US\tclean\t11.0\tMIT\tx\t"He said ""ask"" me"',
      'b--jfk.mp3\ten-US\tmp3\t11.1\tMIT\tx\t(same as jfk.wav)',
      'c.wav\t- \tnoise\t9\tMIT\tx\t(no speech)',
    ].join('\r\n'),
  );
  expect(rows.map(({ name, language, seconds, reference }) => [name, language, seconds, reference])).toEqual([
    ['a--jfk.wav', 'en-US', 11, 'He said "ask" me'],
    ['b--jfk.mp3', 'en-US', 11.1, 'He said "ask" me'],
    ['c.wav', '-', 9, '(no speech)'],
  ]);
  expect(() => parseSpeechList('file\tlanguage\na\ten')).toThrow('no column "kind"');
});
