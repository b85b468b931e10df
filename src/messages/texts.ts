import { createInstance, type ResourceLanguage } from 'i18next';
import { LOCALES, type Locale } from '../contract/locale.ts';
import { formatBytes, formatDuration } from './quantities.ts';
import type { ValueFormats } from './translator.ts';

/** A text by its key, or by the first of several that there is; what is given is not compared with what it needs. */
export type TextByKey = (key: string | string[], options?: object) => string;

type Formatters = {
  readonly [Name in keyof ValueFormats]: (value: ValueFormats[Name], locale: Locale) => string;
};

const FORMATTERS: Formatters = {
  number: (value, locale) => new Intl.NumberFormat(locale).format(value),
  bytes: formatBytes,
  duration: formatDuration,
  list: (items, locale) => new Intl.ListFormat(locale, { type: 'unit' }).format(items),
};

/**
 * An instance of i18next for some parts of the catalogue, in every language at once: gives the texts of a part in a language.
 * Values are put in as they are: whoever shows a text escapes it as a whole, and nothing in a value is ever taken for a variable
 * or a reference.
 */
export function textsOf(
  resources: Readonly<Record<Locale, ResourceLanguage>>,
): (locale: Locale, part: string) => TextByKey {
  const instance = createInstance();
  void instance.init({
    resources,
    lng: LOCALES[0],
    fallbackLng: LOCALES[0],
    ns: Object.keys(resources[LOCALES[0]]),
    interpolation: { escapeValue: false, skipOnVariables: true },
    // All resources are given: there is nothing to wait for.
    initAsync: false,
  });
  for (const [name, format] of Object.entries(FORMATTERS)) {
    instance.services.formatter?.add(name, (value, locale) => format(value, locale as Locale));
  }
  // In the window, i18next's types know the window's parts alone.
  const { getFixedT } = instance as unknown as { getFixedT: (locale: Locale, part: string) => TextByKey };
  return (locale, part) => getFixedT.call(instance, locale, part);
}
