import i18next from 'i18next';
import { describe, expect, it } from 'vitest';
import {
  acceleratorOf,
  deliveredKeys,
  isFixed,
  isShortcut,
  rivalsOf,
  SHORTCUT_IDS,
  shortcutEntry,
  shortcutKeys,
} from '../../src/contract/shortcuts.ts';
import { startTranslation } from './i18n.ts';
import type { KeyPress } from './key-press.ts';
import { pressedFor, refusalOf } from './shortcut-refusal.ts';
import { meaningOf, shortcutLabel } from './shortcuts.ts';
import { pressOf } from './testing/key-press.ts';
import { isTextKey } from './text-keys.ts';

const PLATFORMS = ['linux', 'darwin', 'win32'] as const;
/** The defaults that a user could not assign to an action: dialogs need Escape more. */
const DELIVERED_ONLY = ['Escape'];

describe('the table of shortcuts', () => {
  it.each(PLATFORMS)(
    'has keys that can be stored, shown, given, and mean one thing each on %s',
    (platform) => {
      const keys = shortcutKeys({}, platform);
      for (const id of SHORTCUT_IDS) {
        for (const shortcut of keys[id]) {
          expect([id, shortcut, isShortcut(shortcut)]).toEqual([id, shortcut, true]);
          if (isFixed(id, platform) || DELIVERED_ONLY.includes(shortcut)) continue;
          expect([id, shortcut, refusalOf(id, shortcut, platform)]).toEqual([id, shortcut, null]);
          const rivals = rivalsOf(id, shortcut, keys).filter((other) => !isFixed(other, platform));
          expect([id, shortcut, rivals]).toEqual([id, shortcut, []]);
          if (shortcutEntry(id).place === 'window') expect(acceleratorOf(shortcut)).not.toBeNull();
        }
      }
    },
  );

  it('takes changes, but for what operates lists', () => {
    const keys = shortcutKeys({ faster: [], playWhileHeld: ['F4'], selectRow: ['F4'] }, 'linux');
    expect(keys).toMatchObject({ faster: [], playWhileHeld: ['F4'], selectRow: ['Space'], slower: ['F3'] });
    expect(deliveredKeys('find', 'darwin')).toEqual(['Mod+F']);
  });
});

describe('a press', () => {
  const keys = shortcutKeys({}, 'linux');
  it('means what the table says where the keyboard is', () => {
    expect(meaningOf(['F2'], keys, ['transcript', 'editor'], 'linux')).toBe('forward');
    expect(meaningOf(['F2'], keys, ['library'], 'linux')).toBe('rename');
    expect(meaningOf(['Mod+Z'], keys, ['transcript'], 'linux')).toBeNull();
    expect(meaningOf(['Space'], keys, ['library'], 'linux')).toBeNull();
  });

  it('means by a lesser name only what its better one leaves free', () => {
    expect(meaningOf(['Mod+Shift+:', 'Mod+Shift+.'], keys, ['transcript'], 'linux')).toBe('previousDoubt');
    // On a Spanish keyboard the hyphen is on the key of the slash.
    const changed = shortcutKeys({ shortcuts: ['Mod+/'] }, 'linux');
    expect(meaningOf(['Mod+-', 'Mod+/'], changed, ['everywhere'], 'linux')).toBeNull();
    expect(meaningOf(['Mod+ö', 'Mod+/'], changed, ['everywhere'], 'linux')).toBe('shortcuts');
  });
});

describe('what cannot be given to an action', () => {
  it('is what typing, text editing, dialogs and the system need', () => {
    const refused = (shortcut: string, platform: (typeof PLATFORMS)[number] = 'linux') =>
      refusalOf('faster', shortcut, platform);
    for (const typed of ['A', 'Shift+A', '7', 'Ñ', 'Plus', '-'])
      expect([typed, refused(typed)]).toEqual([typed, 'typing']);
    expect(refused('Alt+A')).toBeNull();
    expect(refused('Alt+A', 'darwin')).toBe('typing');
    for (const text of [
      'Mod+C',
      'Mod+V',
      'Mod+A',
      'Delete',
      'ArrowLeft',
      'Mod+Shift+ArrowRight',
      'Home',
      'Escape',
      'Tab',
      'Shift+Enter',
    ]) {
      expect([text, refused(text)]).toEqual([text, 'text']);
    }
    expect(refused('Ctrl+E', 'darwin')).toBe('text');
    expect(refused('Alt+ArrowLeft')).toBeNull();
    expect(refused('Alt+ArrowLeft', 'darwin')).toBe('text');
    for (const system of ['Alt+F4', 'AudioVolumeUp', 'PrintScreen', 'ContextMenu']) {
      expect([system, refused(system)]).toEqual([system, 'system']);
    }
    for (const free of [
      'F4',
      'F24',
      'Pause',
      'Mod+Enter',
      'MediaPlayPause',
      'Shift+F5',
      'hid:05f3:00ff:0:1',
      'Mod+Ñ',
    ]) {
      expect([free, refused(free)]).toEqual([free, null]);
    }
    expect(refusalOf('toBin', 'Backspace', 'linux')).toBeNull();
    // During playback without typing, a character alone is free.
    expect(refusalOf('speaker1', 'Q', 'linux')).toBeNull();
    expect(refusalOf('speaker1', 'Space', 'linux')).toBe('typing');
    expect(refusalOf('zoomIn', 'hid:05f3:00ff:0:1', 'linux')).toBe('menu');
    expect(refusalOf('zoomIn', 'Mod+Ñ', 'linux')).toBe('menu');
  });

  it('is told of a press, but for one that is not finished', () => {
    const press = (key: string, more: Partial<KeyPress> = {}) =>
      pressedFor('faster', pressOf(key, more), 'win32');
    expect(press('Control', { ctrlKey: true })).toBeNull();
    expect(press('F9', { ctrlKey: true })).toEqual({ shortcut: 'Mod+F9' });
    expect(press('€', { ctrlKey: true, altKey: true })).toEqual({ refusal: 'altGr' });
    expect(press('d', { metaKey: true })).toEqual({ refusal: 'system' });
    expect(press('Dead')).toEqual({ refusal: 'unknown' });
  });

  it('is read from the keymap that the text has', () => {
    expect(isTextKey('Mod+Backspace', 'linux')).toBe(true);
    expect(isTextKey('Alt+Backspace', 'darwin')).toBe(true);
    expect(isTextKey('Ctrl+K', 'darwin')).toBe(true);
    expect(isTextKey('Mod+K', 'darwin')).toBe(false);
  });
});

describe('a shortcut is shown', () => {
  startTranslation();
  it('in the language and the notation of its reader', async () => {
    await i18next.changeLanguage('en');
    expect(shortcutLabel('Mod+Shift+F', 'linux')).toBe('Ctrl+Shift+F');
    expect(shortcutLabel('Mod+Alt+Shift+ArrowUp', 'darwin')).toBe('⌥⇧⌘↑');
    expect(shortcutLabel('Mod+Plus', 'win32')).toBe('Ctrl++');
    expect(shortcutLabel('hid:05f3:00ff:0:1', 'linux')).toBe('Infinity pedal, middle');
    expect(shortcutLabel('hid:1234:00ff:0:4', 'linux')).toBe('1234:00ff pedal, button 5');
    await i18next.changeLanguage('es');
    expect(shortcutLabel('Mod+Shift+Delete', 'linux')).toBe('Ctrl+Mayús+Supr');
    expect(shortcutLabel('hid:05f3:00ff:0:0', 'linux')).toBe('Pedal Infinity, izquierda');
  });
});
