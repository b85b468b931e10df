import type { ResourceLanguage } from 'i18next';
import type { Locale } from '../contract/locale.ts';
import * as en from './en/catalogue.ts';
import * as es from './es/catalogue.ts';

type Catalogue = Readonly<Record<Locale, ResourceLanguage>>;

/** What every process says, in every language. */
export const SHARED = { en: en.shared, es: es.shared } as const satisfies Catalogue;

/** What the program says outside of its window. */
export const PROGRAM = { en: en.program, es: es.program } as const satisfies Catalogue;

/** What the window says, besides what every process says. */
export const WINDOW = { en: en.window, es: es.window } as const satisfies Catalogue;
