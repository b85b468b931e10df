import type { AppState } from '../../src/contract/views.ts';
import { translate } from './i18n/i18n.ts';

/** Keys as a shortcut names them: `Mod` is Ctrl, on a Mac Cmd. E.g. `Mod+K`, `Delete`. */
export type Shortcut = string;

/** A shortcut as people read it on their system: `Ctrl+K`, `⌘K`. */
export function shortcutLabel(shortcut: Shortcut, platform: AppState['platform']): string {
  const readable = shortcut
    .replace('ArrowLeft', '←')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace('Delete', translate('keyDelete'))
    .replace('Enter', translate('keyEnter'))
    .replace('Space', translate('keySpace'));
  if (platform === 'darwin') {
    return readable.replace('Mod+', '⌘').replace('Shift+', '⇧').replace('Alt+', '⌥');
  }
  return readable.replace('Mod', 'Ctrl');
}

/** Whether a key press is this shortcut, with no further modifier. */
export function isShortcut(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
  shortcut: Shortcut,
  platform: AppState['platform'],
): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('Mod');
  const isMac = platform === 'darwin';
  return (
    event.key.toLowerCase() === key.toLowerCase() &&
    (isMac ? event.metaKey : event.ctrlKey) === wantsMod &&
    !(isMac ? event.ctrlKey : event.metaKey) &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt')
  );
}
