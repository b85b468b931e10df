import { LANGUAGE_CODES, languageName } from '../../../src/contract/languages.ts';
import type { UserLanguage } from '../../../src/contract/user-language.ts';

/** A language as a list offers it. */
export interface LanguageOption {
  readonly value: string;
  readonly label: string;
}

/** Every language a model can be given, by its name in the user's language. */
export function languageOptions(userLanguage: UserLanguage): LanguageOption[] {
  const { compare } = new Intl.Collator(userLanguage);
  return LANGUAGE_CODES.map((value) => ({
    value,
    label: capitalised(languageName(value, userLanguage)),
  })).sort((a, b) => compare(a.label, b.label));
}

/** A language's name as it stands alone. */
export function languageLabel(code: string, userLanguage: UserLanguage): string {
  return capitalised(languageName(code, userLanguage));
}

function capitalised(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
