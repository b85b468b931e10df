import type { Locale } from '../contract/locale.ts';
import { PROGRAM } from './catalogues.ts';
import { type TextByKey, textsOf } from './texts.ts';
import type { Translator } from './translator.ts';

type Parts = (typeof PROGRAM)['en'];

/** Translator of a part of the messages outside of the window. */
export type ProgramTexts<Part extends keyof Parts> = Translator<Parts[Part]>;

const texts = textsOf(PROGRAM);

/** Translator of one part of the messages outside of the window, for a language. */
export function programTexts<Part extends keyof Parts>(locale: Locale, part: Part): ProgramTexts<Part> {
  return texts(locale, part) as ProgramTexts<Part>;
}

/** The same for keys composed of names that are not all known, as those of stages. */
export function programTextByKey(locale: Locale, part: keyof Parts): TextByKey {
  return texts(locale, part);
}
