import type { Page } from '@playwright/test';
import { ERROR_CODES } from '../src/contract/errors.ts';
import { LOCALES, type Locale } from '../src/contract/locale.ts';
import { OFFICE, WINDOW } from '../src/messages/catalogues.ts';
import { findLayoutFaults } from './layout-measures.ts';

/** What is said in windows: the app's, and the office's page. */
const SHOWN = {
  en: { ...WINDOW.en, ...OFFICE.en },
  es: { ...WINDOW.es, ...OFFICE.es },
} as const;

type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Keys, as i18next returns them for missing entries, and of errors. */
const KEYS = [
  ...ERROR_CODES,
  ...Object.entries(SHOWN.en as Catalogue).flatMap(([part, entries]) =>
    Object.keys(entries).flatMap((key) => [`${part}:${key}`, `${part}.${key}`]),
  ),
];

/** The layout faults of the page as rendered: see `findLayoutFaults`. Waits for fonts and animations first. */
export async function layoutFaults(page: Page, language: Locale): Promise<string[]> {
  await atRest(page);
  const others = LOCALES.filter((locale) => locale !== language);
  const foreign = others.flatMap((locale) => onlyIn(SHOWN[locale], SHOWN[language]));
  return await page.evaluate(findLayoutFaults, { keys: KEYS, foreign });
}

/** Waits until the page's fonts are loaded and its animations have ended, but for those without an end. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Sentences without placeholders that one language has and the other lacks. */
function onlyIn(catalogue: Catalogue, other: Catalogue): string[] {
  const known = new Set(Object.values(other).flatMap((entries) => Object.values(entries)));
  return Object.values(catalogue)
    .flatMap((entries) => Object.values(entries))
    .filter((text) => !text.includes('{{') && !known.has(text));
}
