import { useEffect } from 'react';
import { usePlatform } from '../components/use-language.ts';
import { isShortcut, type Shortcut } from '../lib/shortcuts.ts';
import { chooseRecordings } from '../stores/imports.ts';
import { goBack, goTo, showOverlay, useNavigation } from '../stores/navigation.ts';
import { attempt } from '../stores/notices.ts';
import { goToSearch } from './go-to-search.ts';
import { lockNow } from './lock-now.ts';

/** Shortcuts that hold everywhere inside the vault. */
const SHORTCUTS: readonly (readonly [Shortcut, () => void])[] = [
  ['Mod+K', () => showOverlay({ kind: 'palette' })],
  ['Mod+O', () => attempt(() => chooseRecordings('files'))],
  ['Mod+N', () => showOverlay({ kind: 'matter', id: null })],
  ['Mod+L', lockNow],
  ['Mod+,', () => goTo({ screen: 'settings' })],
  ['Mod+Shift+F', goToSearch],
  ['Alt+ArrowLeft', goBack],
];

/** Listens for the shortcuts that hold everywhere. */
export function useShortcuts(): void {
  const platform = usePlatform();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      // What lies over the screen may hold something half done; locking must always be possible.
      if (isCovered() && !isShortcut(event, 'Mod+L', platform)) return;
      const isInLibrary = useNavigation.getState().route.screen === 'library';
      // In a transcript this key finds in the text.
      if (isInLibrary && isShortcut(event, 'Mod+F', platform)) {
        event.preventDefault();
        goToSearch();
        return;
      }
      const found = SHORTCUTS.find(([shortcut]) => isShortcut(event, shortcut, platform));
      if (found === undefined) return;
      event.preventDefault();
      found[1]();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [platform]);
}

/** Whether a dialog, or the command palette, lies over the screen or is about to. */
function isCovered(): boolean {
  return useNavigation.getState().overlay !== null || document.querySelector('[aria-modal=true]') !== null;
}
