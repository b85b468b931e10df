import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { detectLocale, LOCALES, type Locale } from '../../src/contract/locale.ts';
import type { AppState } from '../../src/contract/views.ts';
import { WINDOW } from '../../src/messages/catalogues.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: (typeof WINDOW)['en'];
    strictInterpolationChecks: true;
  }
}

/** The UI language: the setting, else the system's. */
export function shownLanguage(state: Pick<AppState, 'settings' | 'locale'> | null): Locale {
  return detectLocale(state?.locale ?? navigator.language, state?.settings.language);
}

/** Initializes the catalogues; must be called before the first render. */
export function startTranslation(): void {
  i18next.use(initReactI18next).init({
    resources: WINDOW,
    lng: shownLanguage(null),
    fallbackLng: LOCALES[0],
    defaultNS: 'app',
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}

/** Switches to this language, and sets it on the page. */
export function speak(language: Locale): void {
  document.documentElement.lang = language;
  if (i18next.language !== language) i18next.changeLanguage(language);
}

/** The messages outside of components, in the current language. */
export const translate = i18next.t.bind(i18next) as typeof i18next.t;
