import i18next, { type ResourceLanguage } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { ERROR_CODES } from '../../contract/errors.ts';
import { detectLocale, LOCALES, type Locale } from '../../contract/locale.ts';
import { OFFICE, SHARED } from '../../messages/catalogues.ts';
import { app as appEn } from '../../messages/en/window/app.ts';
import { app as appEs } from '../../messages/es/window/app.ts';
import { OFFICE_ERROR_CODES, type OfficeErrorCode, officeSentence } from '../contract/office-errors.ts';
import { BROWSER_PROBLEMS } from './page-errors.ts';
import { keep, kept } from './page-memory.ts';

type Texts = (typeof OFFICE)['en']['officePage'];

/** A text of the page by its key; of a plural by what all its forms begin with. */
export type PageTextKey = keyof Texts | 'added' | 'workers' | 'workersAndVault';

/** Gives the page's texts in the language that is spoken. */
export type PageText = (key: PageTextKey, values?: Readonly<Record<string, string | number>>) => string;

// The renderer's components ask for texts of the window's frame.
const RESOURCES: Readonly<Record<Locale, ResourceLanguage>> = {
  en: { ...OFFICE.en, app: appEn },
  es: { ...OFFICE.es, app: appEs },
};

const LANGUAGE = 'language';

/** Loads the texts, in the language that was chosen here, else in the browser's. To be called before anything is shown. */
export function startPageTexts(): void {
  const chosen = LOCALES.find((locale) => locale === kept(LANGUAGE));
  i18next.use(initReactI18next).init({
    resources: RESOURCES,
    lng: detectLocale(navigator.language, chosen),
    fallbackLng: LOCALES[0],
    defaultNS: 'officePage',
    // React escapes.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = i18next.language;
}

/** Speaks another language, here and the next time. */
export function speakPage(language: Locale): void {
  keep(LANGUAGE, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The language that is spoken. */
export function pageLanguage(): Locale {
  return detectLocale(i18next.language);
}

/** The page's texts; outside of components in the language that is spoken just then. */
export const pageText: PageText = (key, values = {}) =>
  (i18next.t as unknown as (key: string, values: object) => string)(`officePage:${key}`, values);

/** The page's texts in a component, which is drawn anew in another language. */
export function usePageText(): PageText {
  useTranslation();
  return pageText;
}

/** What happened and what to do, for whatever a job or this browser tells. */
export function sentenceOf(code: string, name: string): string {
  const browserProblem = BROWSER_PROBLEMS.find((problem) => problem === code);
  if (browserProblem !== undefined) return pageText(browserProblem);
  if (isOfficeCode(code)) return officeSentence(code, pageLanguage());
  const known = ERROR_CODES.find((one) => one === code);
  const { what = '', todo = '' } = known === undefined ? {} : SHARED[pageLanguage()].errors[known];
  const sentence = `${what} ${todo}`.replaceAll('{{file}}', name).trim();
  // What else a code tells the office does not pass on.
  return sentence === '' || sentence.includes('{{') ? pageText('unexplained') : sentence;
}

function isOfficeCode(code: string): code is OfficeErrorCode {
  return (OFFICE_ERROR_CODES as readonly string[]).includes(code);
}
