import type { Locale } from '../contract/locale.ts';
import { SHARED } from './catalogues.ts';
import { type TextByKey, textsOf } from './texts.ts';
import type { Translator } from './translator.ts';

type Readings = (typeof SHARED)['en']['readings'];

const texts = textsOf(SHARED);

/** Messages on how recordings without headers were read. */
export function readingTexts(locale: Locale): Translator<Readings> {
  return texts(locale, 'readings') as Translator<Readings>;
}

/** Error messages, by keys composed of an error's code. */
export function errorTexts(locale: Locale): TextByKey {
  return texts(locale, 'errors');
}
