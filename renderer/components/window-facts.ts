import { createContext, useContext } from 'react';
import type { Locale } from '../../src/contract/locale.ts';
import { type ShortcutKeys, shortcutKeys } from '../../src/contract/shortcuts.ts';
import type { AppState } from '../../src/contract/views.ts';
import { shownLanguage } from '../lib/i18n.ts';

/** What components know of their window. */
export interface WindowFacts {
  readonly language: Locale;
  readonly platform: AppState['platform'];
  /** The keys of every action, as the user has them. */
  readonly keys: ShortcutKeys;
}

/** The window's facts; until main has sent them, the defaults. */
export const WindowFactsContext = createContext<WindowFacts>({
  language: shownLanguage(null),
  platform: 'linux',
  keys: shortcutKeys({}, 'linux'),
});

/** The language of the window. */
export function useLanguage(): Locale {
  return useContext(WindowFactsContext).language;
}

/** The operating system. */
export function usePlatform(): AppState['platform'] {
  return useContext(WindowFactsContext).platform;
}
