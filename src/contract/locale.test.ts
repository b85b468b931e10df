import { describe, expect, it } from 'vitest';
import { detectLocale } from './locale.ts';

describe('detectLocale', () => {
  it('follows the order in which locale variables override each other', () => {
    expect(detectLocale({ LANG: 'es_ES.UTF-8' })).toBe('es');
    expect(detectLocale({ LC_MESSAGES: 'es', LANG: 'en_US.UTF-8' })).toBe('es');
    expect(detectLocale({ LC_ALL: 'C', LC_MESSAGES: 'es_MX', LANG: 'es_ES' })).toBe('en');
    expect(detectLocale({ LC_ALL: '', LANG: 'es-419' })).toBe('es');
  });

  it('answers in English where the locale is unset or of another language', () => {
    expect(detectLocale({})).toBe('en');
    expect(detectLocale({ LANG: 'est_EE.UTF-8' })).toBe('en');
    expect(detectLocale({ LANG: 'de_DE.UTF-8' })).toBe('en');
  });

  it('goes by the tag of a system or a browser, and by what is set before either', () => {
    expect(['es-419', 'es', 'ES-es', 'et-EE', 'est', 'de', ''].map((tag) => detectLocale(tag))).toEqual([
      ...['es', 'es', 'es'],
      ...['en', 'en', 'en', 'en'],
    ]);
    expect(detectLocale('es-ES', 'en')).toBe('en');
    expect(detectLocale({ LANG: 'en_GB' }, 'es')).toBe('es');
    expect(detectLocale('es-ES', 'system')).toBe('es');
  });
});
