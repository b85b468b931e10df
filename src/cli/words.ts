import type { Locale } from '../contract/locale.ts';
import { ENGLISH_WORDS, type Words } from './words-en.ts';
import { SPANISH_WORDS } from './words-es.ts';

const WORDS: Readonly<Record<Locale, Words>> = { en: ENGLISH_WORDS, es: SPANISH_WORDS };

/** What the command line says while it works, and in which language. */
export interface Texts {
  readonly language: Locale;
  readonly say: Words;
}

/** The texts of a language. */
export function textsIn(language: Locale): Texts {
  return { language, say: WORDS[language] };
}
