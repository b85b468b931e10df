import { useEffect } from 'react';
import type { Shortcut, ShortcutId } from '../../src/contract/shortcuts.ts';
import { namesOf } from '../lib/key-press.ts';
import { meaningOf } from '../lib/shortcuts.ts';
import { useNavigation } from '../stores/navigation.ts';
import { onPedalPress } from '../stores/pedals.ts';
import { currentCapture } from '../stores/recording-actions.ts';
import { currentKeys } from '../stores/shortcuts.ts';
import { EVERYWHERE_ACTIONS } from './everywhere-actions.ts';
import { goToSearch } from './go-to-search.ts';

/** Listens for the global shortcuts, and for the library's one that needs no row. */
export function useShortcuts(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const names = namesOf(event, currentKeys().platform);
      if (typeof names !== 'string' && take(names, event.repeat)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    const endPedals = onPedalPress(({ shortcut, isDown }) => isDown && take([shortcut], false));
    return () => {
      window.removeEventListener('keydown', press);
      endPedals();
    };
  }, []);
}

/** Runs the action of a press; returns whether there is one. None is repeated while the key stays down. */
function take(names: readonly Shortcut[], isRepeat: boolean): boolean {
  const { keys, platform } = currentKeys();
  const isInLibrary = useNavigation.getState().route.screen === 'library';
  const places = isInLibrary ? (['library', 'everywhere'] as const) : (['everywhere'] as const);
  const id = meaningOf(names, keys, places, platform);
  // In a transcript the same key finds in the text.
  const action =
    id === 'librarySearch'
      ? goToSearch
      : id !== null && Object.hasOwn(EVERYWHERE_ACTIONS, id)
        ? EVERYWHERE_ACTIONS[id as keyof typeof EVERYWHERE_ACTIONS]
        : null;
  if (action === null || (isCovered() && !isAlwaysPossible(id))) return false;
  if (!isRepeat) action();
  return true;
}

/** A layer over the screen may hold unfinished input; what is said meanwhile, and locking, cannot wait for it. */
function isAlwaysPossible(id: ShortcutId | null): boolean {
  if (id === 'lock') return true;
  return currentCapture() !== null && (id === 'record' || id === 'pauseRecording' || id === 'setMarker');
}

/** Whether a dialog, or the command palette, is over the screen or about to be. */
function isCovered(): boolean {
  return useNavigation.getState().overlay !== null || document.querySelector('[aria-modal=true]') !== null;
}
