import type { Locale } from '../../src/contract/locale.ts';
import type { AppState } from '../../src/contract/views.ts';
import { shownLanguage } from '../lib/i18n/i18n.ts';
import { useApp } from '../stores/app.ts';

/** The language that the window speaks. */
export function useLanguage(): Locale {
  return useApp(({ state }) => shownLanguage(state));
}

/** The system that the app runs on. */
export function usePlatform(): AppState['platform'] {
  return useApp(({ state }) => state?.platform ?? 'linux');
}
