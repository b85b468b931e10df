import type { UserLanguage } from '../contract/user-language.ts';
import { ENGLISH_WORDS, type Words } from './words-en.ts';
import { SPANISH_WORDS } from './words-es.ts';

const WORDS: Readonly<Record<UserLanguage, Words>> = { en: ENGLISH_WORDS, es: SPANISH_WORDS };

/** What the command line says while it works, and in which language. */
export interface Texts {
  readonly language: UserLanguage;
  readonly say: Words;
}

/** The texts of a language. */
export function textsIn(language: UserLanguage): Texts {
  return { language, say: WORDS[language] };
}
