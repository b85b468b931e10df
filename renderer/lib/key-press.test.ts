import { describe, expect, it } from 'vitest';
import { isShortcut } from '../../src/contract/shortcuts.ts';
import { type KeyPress, modifierOf, namesOf } from './key-press.ts';
import { pressOf } from './testing/key-press.ts';

const press = (key: string, code = '', more: Partial<KeyPress> = {}) => pressOf(key, { code, ...more });
const ctrl = (key: string, code: string, more: Partial<KeyPress> = {}) =>
  namesOf(press(key, code, { ctrlKey: true, ...more }), 'linux');

describe('a key press', () => {
  it('goes by its letter on every Latin layout', () => {
    expect(ctrl('z', 'KeyZ')).toEqual(['Mod+Z']);
    expect(ctrl('z', 'KeyW')).toEqual(['Mod+Z']); // French
    expect(ctrl('z', 'KeyY')).toEqual(['Mod+Z']); // German
    expect(ctrl('.', 'KeyE')).toEqual(['Mod+.']); // Dvorak
    expect(ctrl('Z', 'KeyZ', { shiftKey: true })).toEqual(['Mod+Shift+Z']);
  });

  it('goes by the place of the key where a layout types no Latin letters', () => {
    expect(ctrl('к', 'KeyR')).toEqual(['Mod+R']); // Russian
    expect(ctrl('ю', 'Period')).toEqual(['Mod+.']);
    expect(ctrl('φ', 'KeyF')).toEqual(['Mod+F']); // Greek
    expect(ctrl('ש', 'KeyA')).toEqual(['Mod+A']); // Hebrew
  });

  it('is the digit or sign on the key as well where Shift or the layout makes another of it', () => {
    expect(ctrl(':', 'Period', { shiftKey: true })).toEqual(['Mod+Shift+:', 'Mod+Shift+.']); // German
    expect(ctrl('>', 'Period', { shiftKey: true })).toEqual(['Mod+Shift+>', 'Mod+Shift+.']);
    expect(ctrl('&', 'Digit1')).toEqual(['Mod+&', 'Mod+1']); // French
    expect(ctrl('ě', 'Digit2')).toEqual(['Mod+Ě', 'Mod+2']); // Czech
    expect(ctrl('ñ', 'Semicolon')).toEqual(['Mod+Ñ', 'Mod+;']); // Spanish
    expect(ctrl('ı', 'KeyI')).toEqual(['Mod+I']); // Turkish
    expect(ctrl('+', 'NumpadAdd')).toEqual(['Mod+Plus']);
  });

  it('keeps the name of a key without a character', () => {
    for (const key of ['F4', 'F24', 'Pause', 'MediaPlayPause', 'MediaTrackNext', 'LaunchMail', 'Insert']) {
      expect(namesOf(press(key), 'win32')).toEqual([key]);
    }
    expect(namesOf(press('ArrowLeft', 'ArrowLeft', { altKey: true }), 'linux')).toEqual(['Alt+ArrowLeft']);
    expect(ctrl(' ', 'Space')).toEqual(['Mod+Space']);
  });

  it('is no shortcut while it makes a character: AltGr, dead keys, input methods', () => {
    const altGraph = { getModifierState: (name: string) => name === 'AltGraph' };
    expect(namesOf(press('@', 'Digit2', altGraph), 'linux')).toBe('altGr');
    expect(namesOf(press('€', 'KeyE', { ctrlKey: true, altKey: true, ...altGraph }), 'win32')).toBe('altGr');
    expect(namesOf(press('q', 'KeyQ', { ctrlKey: true, altKey: true }), 'win32')).toBe('altGr');
    expect(namesOf(press('Dead', 'BracketLeft'), 'linux')).toBe('composing');
    expect(ctrl('Dead', 'Quote')).toBe('composing');
    expect(namesOf(press('Process', 'KeyK', { keyCode: 229 }), 'win32')).toBe('composing');
    expect(ctrl('k', 'KeyK', { isComposing: true })).toBe('composing');
    expect(ctrl('Control', 'ControlLeft')).toBe('modifier');
    expect(namesOf(press('l', 'KeyL', { metaKey: true }), 'win32')).toBe('system');
    expect(namesOf(press('Unidentified'), 'linux')).toBe('unknown');
  });

  it('knows a Mac’s own modifiers', () => {
    expect(namesOf(press('f', 'KeyF', { metaKey: true, ctrlKey: true }), 'darwin')).toEqual(['Ctrl+Mod+F']);
    expect(namesOf(press('ø', 'KeyO', { metaKey: true, altKey: true }), 'darwin')).toEqual([
      'Mod+Alt+Ø',
      'Mod+Alt+O',
    ]);
    expect([modifierOf('Control', 'darwin'), modifierOf('Meta', 'darwin')]).toEqual(['Ctrl', 'Mod']);
    expect([modifierOf('Control', 'linux'), modifierOf('Shift', 'linux'), modifierOf('F4', 'linux')]).toEqual(
      ['Mod', 'Shift', null],
    );
  });

  it('can be stored, whatever it types', () => {
    for (const key of ['ß', 'ñ', '´', '§', '😀', 'ﬁ', '-', '+', ' ', '\u00a0', 'ŉ', 'ﺍ', 'a']) {
      for (const name of ctrl(key, '')) expect([name, isShortcut(name)]).toEqual([name, true]);
    }
  });
});
