import type { Page } from '@playwright/test';
import { ERROR_CODES } from '../src/contract/errors.ts';
import { LOCALES, type Locale } from '../src/contract/locale.ts';
import { WINDOW } from '../src/messages/catalogues.ts';
import { findLayoutFaults } from './layout-measures.ts';

type Catalogue = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Names of entries, as i18next gives them back where it knows none, and of errors. */
const KEYS = [
  ...ERROR_CODES,
  ...Object.entries(WINDOW.en as Catalogue).flatMap(([part, entries]) =>
    Object.keys(entries).flatMap((key) => [`${part}:${key}`, `${part}.${key}`]),
  ),
];

/** What is wrong with the layout of the page as it is drawn now: see `findLayoutFaults`. Fonts and movements come to rest first. */
export async function layoutFaults(page: Page, language: Locale): Promise<string[]> {
  await atRest(page);
  const others = LOCALES.filter((locale) => locale !== language);
  const foreign = others.flatMap((locale) => onlyIn(WINDOW[locale], WINDOW[language]));
  return await page.evaluate(findLayoutFaults, { keys: KEYS, foreign });
}

/** Waits until the page has its fonts and nothing on it moves. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
  });
}

/** Sentences without gaps that one language has and the other has not. */
function onlyIn(catalogue: Catalogue, other: Catalogue): string[] {
  const known = new Set(Object.values(other).flatMap((entries) => Object.values(entries)));
  return Object.values(catalogue)
    .flatMap((entries) => Object.values(entries))
    .filter((text) => !text.includes('{{') && !known.has(text));
}
