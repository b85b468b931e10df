import type { Locale } from '../contract/locale.ts';
import { PROGRAM } from './catalogues.ts';
import { type TextByKey, textsOf } from './texts.ts';
import type { Translator } from './translator.ts';

type Parts = (typeof PROGRAM)['en'];

/** Gives the texts of a part of what the program says outside of its window. */
export type ProgramTexts<Part extends keyof Parts> = Translator<Parts[Part]>;

const texts = textsOf(PROGRAM);

/** The texts of one part of what the program says outside of its window, in a language. */
export function programTexts<Part extends keyof Parts>(locale: Locale, part: Part): ProgramTexts<Part> {
  return texts(locale, part) as ProgramTexts<Part>;
}

/** The same by keys that are made of names which are not all known, as those of stages. */
export function programTextByKey(locale: Locale, part: keyof Parts): TextByKey {
  return texts(locale, part);
}
