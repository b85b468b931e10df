import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { detectLocale, LOCALES, type Locale } from '../../../src/contract/locale.ts';
import type { AppState } from '../../../src/contract/views.ts';
import { WINDOW } from '../../../src/messages/catalogues.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: (typeof WINDOW)['en'];
    strictInterpolationChecks: true;
  }
}

/** The language to speak: the one set, else the system's. */
export function shownLanguage(state: Pick<AppState, 'settings' | 'locale'> | null): Locale {
  return detectLocale(state?.locale ?? navigator.language, state?.settings.language);
}

/** Makes the catalogues ready; must be called before the first component is drawn. */
export function startTranslation(): void {
  i18next.use(initReactI18next).init({
    resources: WINDOW,
    lng: shownLanguage(null),
    fallbackLng: LOCALES[0],
    defaultNS: 'app',
    // React escapes what it draws.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

/** Speaks this language from now on, and tells the page so. */
export function speak(language: Locale): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) i18next.changeLanguage(language);
}

/** The sentences outside of components, in the language spoken now. */
export const translate = i18next.t.bind(i18next) as typeof i18next.t;
