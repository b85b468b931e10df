import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { estimateGuesses } from './passphrase-guesses.ts';
import { passphraseStrength } from './passphrase-strength.ts';

const OWN = ['Smith v. Jones', 'Müller'];

/** The reported time, and the reported reason, if any. */
const judged = async (passphrase: string) => await passphraseStrength(passphrase, OWN);

describe('the strength of a passphrase', () => {
  test.each([
    ['Tr0ub4dor&3xx', 'word'],
    ['correct horse battery staple', 'phrase'],
    ['Correct-Horse-Battery-Staple', 'phrase'],
    ['en un lugar de la Mancha', 'phrase'],
    ['¿Ser o no ser? Esa es la cuestión', 'phrase'],
    ['password1!', 'common'],
    ['P@ssw0rd2026', 'common'],
    ['Contraseña2024!', 'word'],
    ['hospital general 2024', 'word'],
    ['electroencefalografista', 'word'],
    ['Schmetterling', 'word'],
    ['Schm3tt3rl1ng7', 'word'],
    ['perro gato casa', 'word'],
    ['Siobhan Fitzgerald', 'name'],
    ['qwertyuiop', 'common'],
    ['zxcvfdsaqwer', 'keyboard'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['Pa55w0rd!Pa55w0rd!', 'repeated'],
    ['🌲🌲🌲🌲🌲🌲🌲🌲🌲🌲', 'repeated'],
    ['abcdefghijkl', 'sequence'],
    ['martes miércoles jueves', null],
    ['17/08/1985', 'date'],
    ['VoiceSync2026', 'own'],
    ['Smith v. Jones 1', 'own'],
    ['muller müller', null],
    [`${hostname()}!!!!!!!!!!`, null],
  ])('%j is weak', async (passphrase, weakness) => {
    const strength = await judged(passphrase);
    expect(strength.time).toBe('hours');
    if (weakness !== null) expect(strength.weakness).toBe(weakness);
  });

  test.each([
    ['unfold squash gravel tattoo mosaic pebble'],
    ['unfold-squash-gravel-tattoo-mosaic-pebble'],
    ['lámpara grava nutria mosaico trébol'],
    ['kx7#Qm2!vT9zLw4@'],
    ['🌲🦊🍎🚲🎻🌙🧦🐢🥁🍋'],
    ['aquí vive el perro de mi vecina'],
  ])('%j is strong', async (passphrase) => {
    expect((await judged(passphrase)).time).toBe('centuries');
  });

  test('never falls when a random word is added', () => {
    const words = ['lámpara', 'grava', 'nutria', 'mosaico', 'trébol', 'unfold', 'squash', 'gravel'];
    const guesses = words.map((_, i) => estimateGuesses(words.slice(0, i + 1).join(' '), []).guessesLog10);
    expect(guesses).toEqual(guesses.toSorted((a, b) => a - b));
  });

  test('is found for whatever is typed, and soon', async () => {
    for (const typed of [
      '',
      '   ',
      'x'.repeat(1000),
      'unfold squash gravel tattoo '.repeat(36),
      '4@$!'.repeat(250),
      'p@$$w0rd'.repeat(5),
      'ﷺ'.repeat(100),
      '\u0000\n\t\u202e',
      '__proto__ constructor toString',
    ]) {
      const startMs = performance.now();
      await judged(typed);
      // Tenths of a second on a free machine; the first loads the dictionaries.
      expect(performance.now() - startMs).toBeLessThan(15_000);
    }
  });

  test('is one answer to each question, asked all at once', async () => {
    const asked = ['password1!', 'unfold squash gravel tattoo mosaic', 'aaaaaaaaaaaa'];
    const times = (await Promise.all(asked.map(judged))).map(({ time }) => time);
    expect(times).toEqual(['hours', 'centuries', 'hours']);
  });
});
