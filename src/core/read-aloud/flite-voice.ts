import { runProgram } from './wasi-sandbox.ts';
import type { Program } from './web-assembly.ts';

/** A word of a spoken text: where it stands, in characters, and when it is said, in milliseconds from the start. */
export interface SpokenWord {
  readonly from: number;
  readonly to: number;
  readonly startMs: number;
  readonly endMs: number;
}

/** A spoken text. */
export interface SpokenText {
  readonly samples: Int16Array;
  readonly sampleRate: number;
  /** Every word in order. */
  readonly words: readonly SpokenWord[];
}

/** Flite's clustergen voice of a woman, the clearest of those that it holds. */
const VOICE = 'slt';
/** Samples a second of that voice. */
export const VOICE_RATE = 16_000;
const PAUSE = 'pau';
const HEADER_BYTES = 44;

/**
 * Speaks an English sentence with Flite (Black and Lenzo 2001), here `flite.wasm`. The times of words come from those of the
 * sounds that Flite tells: a second run over the words alone tells how many sounds each has.
 */
export function speakSentence(module: Program, sentence: string, speed = 1): SpokenText {
  const text = speakable(sentence);
  const places = [...text.matchAll(/\S+/gu)]
    .filter(([word]) => /[\p{L}\p{N}]/u.test(word))
    .map(({ 0: word, index }) => ({ from: index, to: index + word.length, word }));
  if (places.length === 0) return { samples: new Int16Array(0), sampleRate: VOICE_RATE, words: [] };
  const { text: told, file } = runProgram(module, [
    'flite',
    '-voice',
    VOICE,
    '--setf',
    `duration_stretch=${1 / speed}`,
    '-psdur',
    '-t',
    `${text} `,
    '-o',
    '/a',
  ]);
  const header = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const sampleRate = header.getUint32(24, true);
  if (sampleRate !== VOICE_RATE) throw new Error('the voice has another rate');
  const samples = new Int16Array(
    file.slice(HEADER_BYTES, HEADER_BYTES + 2 * Math.floor((file.length - HEADER_BYTES) / 2)).buffer,
  );
  const sounds = soundsOf(told);
  const counts = soundCounts(
    module,
    places.map(({ word }) => word),
  );
  return { samples, sampleRate, words: placeWords(places, counts, sounds) };
}

/** What Flite can say: it knows only ASCII, and must not take a text for an option. The length stays, so that places do. */
function speakable(text: string): string {
  const plain = [...text].map((sign) => {
    const letter = sign.normalize('NFD').replace(/\p{M}/gu, '');
    if (/^[’‘ʼ]$/u.test(sign)) return "'";
    if (/^[“”«»]$/u.test(sign)) return '"';
    if (/^[–—…]$/u.test(sign)) return ',';
    const kept = /^[\x20-\x7e]$/u.test(letter) ? letter : ' ';
    return kept + ' '.repeat(sign.length - 1);
  });
  return plain.join('').replace(/^-/u, ' ');
}

interface Sound {
  readonly startMs: number;
  readonly endMs: number;
}

/** The sounds of `-psdur`, which tells the end of each in seconds, without pauses. */
function soundsOf(told: string): Sound[] {
  let startMs = 0;
  return told
    .trim()
    .split(/\s+/u)
    .flatMap((entry) => {
      const [name, seconds] = entry.split(':');
      const sound = { startMs, endMs: Math.round(Number(seconds) * 1000) };
      startMs = sound.endMs;
      return name === PAUSE || Number.isNaN(sound.endMs) ? [] : [sound];
    });
}

/** How many sounds each word has when it is said alone: each is a paragraph, and Flite prints a line for each. */
function soundCounts(module: Program, words: readonly string[]): number[] {
  const apart = words.map((word) => word.replace(/^[^A-Za-z0-9$]+|[^A-Za-z0-9%]+$/gu, '') || word);
  const { text } = runProgram(module, [
    'flite',
    '-voice',
    VOICE,
    '-ps',
    '-t',
    `${apart.join('.\n\n')}. `,
    '-o',
    'none',
  ]);
  const lines = text.trim().split('\n');
  // Where Flite divides otherwise, as after "Dr.", letters stand for sounds.
  if (lines.length !== words.length) return apart.map(({ length }) => length);
  return lines.map((line) =>
    Math.max(
      1,
      line
        .trim()
        .split(/\s+/u)
        .filter((name) => name !== PAUSE).length,
    ),
  );
}

function placeWords(
  places: readonly { readonly from: number; readonly to: number }[],
  counts: readonly number[],
  sounds: readonly Sound[],
): SpokenWord[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let before = 0;
  return places.map(({ from, to }, index) => {
    const first = Math.floor((before / total) * sounds.length);
    before += counts[index] ?? 0;
    const last = Math.max(first, Math.ceil((before / total) * sounds.length) - 1);
    const startMs = sounds[first]?.startMs ?? 0;
    return { from, to, startMs, endMs: Math.max(startMs, sounds[last]?.endMs ?? startMs) };
  });
}
