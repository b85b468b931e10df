import { LANGUAGE_CODES, languageName } from '../../src/contract/languages.ts';
import type { Locale } from '../../src/contract/locale.ts';

/** A language as a list option. */
export interface LanguageOption {
  readonly value: string;
  readonly label: string;
}

const optionsByLanguage = new Map<Locale, readonly LanguageOption[]>();

/** Every language of the models, by its name in the user's language. Cached per language. */
export function languageOptions(userLanguage: Locale): readonly LanguageOption[] {
  const known = optionsByLanguage.get(userLanguage);
  if (known !== undefined) return known;
  const { compare } = new Intl.Collator(userLanguage);
  const options = LANGUAGE_CODES.map((value) => ({
    value,
    label: capitalised(languageName(value, userLanguage)),
  })).sort((a, b) => compare(a.label, b.label));
  optionsByLanguage.set(userLanguage, options);
  return options;
}

/** A language's standalone name. */
export function languageLabel(code: string, userLanguage: Locale): string {
  return (
    languageOptions(userLanguage).find(({ value }) => value === code)?.label ??
    capitalised(languageName(code, userLanguage))
  );
}

function capitalised(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
