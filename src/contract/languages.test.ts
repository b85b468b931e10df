import { describe, expect, it } from 'vitest';
import { LanguageChoice } from './job.ts';
import { LANGUAGE_CODES, languageChoice, languageName } from './languages.ts';
import { LOCALES } from './locale.ts';

describe('languageChoice', () => {
  it('takes every one of Whisper’s hundred codes, and each is one that a job takes', () => {
    expect(LANGUAGE_CODES).toHaveLength(100);
    for (const code of LANGUAGE_CODES) {
      expect(languageChoice(code)).toBe(code);
      expect(LanguageChoice.safeParse(code).success).toBe(true);
    }
  });

  it('takes names as people write them, in English and in Spanish', () => {
    expect(languageChoice('English')).toBe('en');
    expect(languageChoice('ESPAÑOL')).toBe('es');
    expect(languageChoice('aleman')).toBe('de');
    expect(languageChoice(' haitian creole ')).toBe('ht');
    expect(languageChoice('nb')).toBe('no');
    expect(languageChoice('Mixed')).toBe('mixed');
  });

  it('knows what is no language of the model', () => {
    for (const text of ['xx', 'klingon', '', 'en-GB', 'constructor']) expect(languageChoice(text)).toBeNull();
  });
});

describe('languageName', () => {
  it('is a name for every code, never the code itself', () => {
    for (const code of LANGUAGE_CODES) {
      for (const language of LOCALES) expect(languageName(code, language)).not.toBe(code);
    }
    expect(languageName('jw', 'en')).toBe('Javanese');
  });
});
