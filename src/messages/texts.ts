import { createInstance, type ResourceLanguage } from 'i18next';
import { LOCALES, type Locale } from '../contract/locale.ts';
import { formatBytes, formatDuration } from './quantities.ts';
import type { ValueFormats } from './translator.ts';

/** A text by its key, or by the first existing one of several; the options are not type-checked. */
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
 * An i18next instance for some parts of the catalogue, in every language: returns the texts of a part in a language.
 * Values are inserted unescaped: the caller escapes the text as a whole, and nothing in a value is parsed as a variable
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
    // All resources are passed: there is nothing to wait for.
    initAsync: false,
  });
  for (const [name, format] of Object.entries(FORMATTERS)) {
    instance.services.formatter?.add(name, (value, locale) => format(value, locale as Locale));
  }
  // In the window, i18next's types know the window's parts alone.
  const { getFixedT } = instance as unknown as { getFixedT: (locale: Locale, part: string) => TextByKey };
  return (locale, part) => getFixedT.call(instance, locale, part);
}
