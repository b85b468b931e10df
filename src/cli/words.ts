import { detectLocale, type Locale } from '../contract/locale.ts';
import { ENGLISH_WORDS, type Words } from './words-en.ts';
import { SPANISH_WORDS } from './words-es.ts';

const WORDS: Readonly<Record<Locale, Words>> = { en: ENGLISH_WORDS, es: SPANISH_WORDS };

/** The user's language, as this process's environment tells it. */
export const LANGUAGE: Locale = detectLocale(process.env);

/** What the command line says while it works, in the user's language. */
export const SAY: Words = WORDS[LANGUAGE];
