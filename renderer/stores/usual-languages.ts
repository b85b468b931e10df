import { create } from 'zustand';
import type { Locale } from '../../src/contract/locale.ts';
import { request } from '../lib/client.ts';
import { type LanguageOption, languageOptions } from '../lib/language-options.ts';

/** The languages that are usual in the open vault, by their codes. */
export const useUsualLanguages = create<{ readonly codes: readonly string[] }>(() => ({ codes: [] }));

/** Every language as an option: the usual ones first, in their order, then the others by their names. */
export function useLanguageOptions(userLanguage: Locale): readonly LanguageOption[] {
  const { codes } = useUsualLanguages();
  const all = languageOptions(userLanguage);
  const usual = codes.flatMap((code) => all.filter(({ value }) => value === code));
  return [...usual, ...all.filter(({ value }) => !codes.includes(value))];
}

/** Fetches them. Throws AppErrors. */
export async function loadUsualLanguages(): Promise<void> {
  useUsualLanguages.setState({ codes: await request('languages.usual') });
}

/** Changes them at once, and stores them. Throws AppErrors; then they are as they are stored. */
export async function changeUsualLanguages(
  change: (codes: readonly string[]) => readonly string[],
): Promise<void> {
  const codes = [...change(useUsualLanguages.getState().codes)];
  useUsualLanguages.setState({ codes });
  await request('languages.setUsual', { codes }).catch(async (error: unknown) => {
    await loadUsualLanguages();
    throw error;
  });
}

/** The vault was locked. */
export function clearUsualLanguages(): void {
  useUsualLanguages.setState({ codes: [] });
}
