import { countedPassphrase, PASSPHRASE_MINIMUM } from '../../src/contract/passphrase.ts';

/** How long guessing would take whoever has the disk. */
export type GuessingTime = 'hours' | 'months' | 'years' | 'centuries';

/** An estimate of a passphrase's strength. */
export interface PassphraseStrength {
  /** Characters still missing to the minimum. */
  readonly missing: number;
  /** Guesses a good guesser needs, as a power of two. An estimate from above: it cannot know what is personal. */
  readonly bits: number;
  readonly time: GuessingTime;
}

/** 256 MiB and about a quarter of a second a guess: ten thousand a second is a large rented computer. */
const GUESSES_A_SECOND = 10_000;
const SECONDS = { day: 86_400, year: 31_557_600 } as const;

/** Beginnings of most leaked passwords, in English and Spanish, and runs of keys. */
const COMMON =
  /^(password|passwort|contrasena|contraseña|passphrase|letmein|welcome|bienvenid[oa]|admin|administrator|administrador|secret|secreto|iloveyou|tequiero|teamo|dragon|monkey|football|futbol|baseball|sunshine|princess|princesa|master|qwerty\w*|asdf\w*|zxcv\w*|1q2w3e\w*|abc123|voicesync|hospital|clinica|abogado|lawyer|doctor)/i;
const COMMON_BITS = 8;

/** Bits of a word of letters, however long: people choose from the few thousand words that come to mind. */
const WORD_BITS = 11;
const LETTER_BITS = 4.7;

/**
 * Estimates a passphrase by how a guesser works: words from a list, then runs, repetitions and years, then single
 * characters. It is told as the time that guessing takes, because bits mean nothing to most people.
 */
export function passphraseStrength(passphrase: string): PassphraseStrength {
  const normal = countedPassphrase(passphrase);
  const bits = pieces(normal).reduce((sum, piece) => sum + pieceBits(piece), 0);
  return {
    missing: Math.max(0, PASSPHRASE_MINIMUM - [...normal].length),
    bits: Math.round(bits),
    time: guessingTime(bits),
  };
}

function guessingTime(bits: number): GuessingTime {
  const seconds = 2 ** bits / 2 / GUESSES_A_SECOND;
  if (seconds < 30 * SECONDS.day) return 'hours';
  if (seconds < 2 * SECONDS.year) return 'months';
  if (seconds < 200 * SECONDS.year) return 'years';
  return 'centuries';
}

/** Words, numbers and what is between; a piece that came before counts once. */
function pieces(passphrase: string): string[] {
  const found = passphrase.toLowerCase().match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]+|\s+/gu) ?? [];
  return [...new Set(found)];
}

function pieceBits(piece: string): number {
  if (/^\s+$/u.test(piece)) return 1;
  if (isRun(piece)) return 6;
  if (/^\p{L}+$/u.test(piece)) {
    const common = COMMON.exec(piece)?.[0].length ?? 0;
    if (common > 0) return COMMON_BITS + wordBits(piece.length - common);
    return wordBits(piece.length);
  }
  if (/^(19|20)\d\d$/.test(piece)) return 7;
  if (/^\d+$/.test(piece)) return piece.length * 3.3;
  return piece.length * 5;
}

function wordBits(letters: number): number {
  return Math.min(letters * LETTER_BITS, WORD_BITS);
}

/** `aaaa`, `1234`, `dcba`, `890123`: each character at the same small distance from the one before. */
function isRun(piece: string): boolean {
  const codes = [...piece].map((character) => character.codePointAt(0) ?? 0);
  if (codes.length < 3) return false;
  // After 9 people go on with 0.
  const circle = /^\d+$/.test(piece) ? 10 : Number.POSITIVE_INFINITY;
  const steps = codes.slice(1).map((code, i) => stepOn(circle, code - (codes[i] ?? 0)));
  const [first = 0] = steps;
  return Math.abs(first) <= 1 && steps.every((step) => step === first);
}

function stepOn(circle: number, step: number): number {
  return Math.abs(step) === circle - 1 ? -Math.sign(step) : step;
}
