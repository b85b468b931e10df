import type { ResourceLanguage } from 'i18next';
import type { Locale } from '../contract/locale.ts';
import * as en from './en/catalogue.ts';
import * as es from './es/catalogue.ts';

type Catalogue = Readonly<Record<Locale, ResourceLanguage>>;

/** Messages of every process, in every language. */
export const SHARED = { en: en.shared, es: es.shared } as const satisfies Catalogue;

/** Messages of the program outside of its window. */
export const PROGRAM = { en: en.program, es: es.program } as const satisfies Catalogue;

/** Messages of the window, besides the shared ones. */
export const WINDOW = { en: en.window, es: es.window } as const satisfies Catalogue;

/** Messages of the office's page for browsers, which is no part of the app. */
export const OFFICE = { en: en.office, es: es.office } as const satisfies Catalogue;
