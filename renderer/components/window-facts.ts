import { createContext, useContext } from 'react';
import type { Locale } from '../../src/contract/locale.ts';
import { type ShortcutKeys, shortcutKeys } from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { shownLanguage } from '../lib/i18n/i18n.ts';

/** What components know of the window that they stand in. */
export interface WindowFacts {
  readonly language: Locale;
  readonly platform: AppState['platform'];
  /** The keys of every action, as the user has them. */
  readonly keys: ShortcutKeys;
}

/** The facts of the window; until main has told them, what holds without settings. */
export const WindowFactsContext = createContext<WindowFacts>({
  language: shownLanguage(null),
  platform: 'linux',
  keys: shortcutKeys({}, 'linux'),
});

/** The language that the window speaks. */
export function useLanguage(): Locale {
  return useContext(WindowFactsContext).language;
}

/** The system that the app runs on. */
export function usePlatform(): AppState['platform'] {
  return useContext(WindowFactsContext).platform;
}
