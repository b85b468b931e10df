import { describe, expect, it } from 'vitest';
import { passphraseStrength } from './passphrase-strength.ts';

const time = (passphrase: string) => passphraseStrength(passphrase).time;

describe('passphraseStrength', () => {
  it('counts the characters that are missing, as people see them', () => {
    expect(passphraseStrength('').missing).toBe(10);
    expect(passphraseStrength('sombrero').missing).toBe(2);
    expect(passphraseStrength('🌲🌲🌲🌲🌲🌲🌲🌲🌲🌲').missing).toBe(0);
  });

  it.each([
    'password2024',
    'aaaaaaaaaaaaaaaa',
    '123456789012',
    'qwertyuiop',
    'Contraseña1',
    'perro perro perro perro',
  ])('does not flatter %s', (passphrase) => expect(time(passphrase)).toBe('hours'));

  it('thinks well of words that only one person would put together', () => {
    expect(time('lantern gravel otter seventeen')).toBe('years');
    expect(time('lantern gravel otter seventeen mosaic')).toBe('centuries');
  });

  it('never falls when a new word is added', () => {
    const words = ['lámpara', 'grava', 'nutria', 'mosaico', 'trébol'];
    const bits = words.map((_, i) => passphraseStrength(words.slice(0, i + 1).join(' ')).bits);
    expect(bits).toEqual([...bits].sort((a, b) => a - b));
  });
});
