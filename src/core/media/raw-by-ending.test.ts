import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import type { Ffmpeg } from './find-ffmpeg.ts';
import { probe } from './probe.ts';
import { RAW_ENDINGS } from './raw-codings.ts';
import { openSource } from './source.ts';
import { decodeFile, everyFfmpeg, make, SAMPLE, temporaryFolder, written } from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());
const builds = await everyFfmpeg();
const SECONDS = 4;

/** The sample in this coding. */
async function raw(...options: string[]): Promise<Buffer> {
  const path = join(folder.path, 'sound.raw');
  for (const build of builds) {
    if (await make(build, ['-t', String(SECONDS), '-i', SAMPLE, '-ac', '1', ...options, path])) {
      return await readFile(path);
    }
  }
  throw new Error('no ffmpeg here can write this');
}

async function factsOf(name: string, content: Uint8Array | string, ffmpeg: Ffmpeg): Promise<MediaFacts> {
  const source = await openSource(await written(folder.path, name, content));
  try {
    return await probe(source, ffmpeg);
  } finally {
    await source.close();
  }
}

let mulaw: Buffer;
let alaw: Buffer;
let linear: Buffer;

beforeAll(async () => {
  mulaw = await raw('-ar', '8000', '-f', 'mulaw');
  alaw = await raw('-ar', '8000', '-f', 'alaw');
  linear = await raw('-ar', '8000', '-f', 's16le');
});

describe.each(builds)('with ffmpeg $version', (ffmpeg) => {
  test.each([
    ['call.ulaw', () => mulaw],
    ['CALL.UL', () => mulaw],
    ['call.alaw', () => alaw],
    ['call.sln', () => linear],
    ['call.sln16', () => raw('-ar', '16000', '-f', 's16le')],
    ['call.g722', () => raw('-ar', '16000', '-f', 'g722')],
    ['call.g726-32', () => raw('-ar', '8000', '-c:a', 'g726le', '-b:a', '32k', '-f', 'g726le')],
    ['call.g723', () => raw('-ar', '8000', '-c:a', 'g723_1', '-b:a', '6300', '-f', 'g723_1')],
  ])('%s is read whole by its ending', async (name, content) => {
    const path = await written(folder.path, name, await content());
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(Math.abs(samples.length / SAMPLE_RATE - SECONDS)).toBeLessThan(0.1);
    // Speech in a wrong coding is noise, or nearly silent.
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
    expect(level).toBeGreaterThan(0.03);
    expect(level).toBeLessThan(0.12);
  });

  test.each([
    // As long as their bytes imply; their content is noise.
    ['call.vox', 4000, 1],
    ['call.vox6', 3000, 1],
    ['call.gsm', 33 * 50, 1],
    ['call.g729', 10 * 100, 1],
    ['call.ilbc', 50 * 100, 3],
  ])('%s is decoded', async (name, bytes, seconds) => {
    const content = Buffer.from(Array.from({ length: bytes }, (_, i) => (i * 2_654_435_761) >>> 13));
    // GSM frames begin with 1101.
    if (name.endsWith('.gsm')) for (let i = 0; i < bytes; i += 33) content[i] = 0xd0;
    const { samples } = await decodeFile(await written(folder.path, name, content), ffmpeg);
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(seconds, 1);
  });

  test('a real header goes before the ending', async () => {
    const wav = await raw('-ar', '16000', '-f', 'wav');
    expect(await factsOf('a.ulaw', wav, ffmpeg)).toMatchObject({ container: 'wav', assumed: null });
    const gsm = await raw('-ar', '8000', '-c:a', 'adpcm_ima_wav', '-f', 'wav');
    expect(await factsOf('a.vox', gsm, ffmpeg)).toMatchObject({ container: 'wav', assumed: null });
  });

  test('of codings that share an ending, the one that sounds', async () => {
    const coding = async (name: string, content: Buffer) =>
      (await factsOf(name, content, ffmpeg)).assumed?.coding;
    expect(await coding('a.pcm', mulaw)).toBe('mulaw');
    expect(await coding('a.pcm', linear)).toBe('s16le');
    expect(await coding('a.raw', linear)).toBe('s16le');
    expect(await coding('a.raw', alaw)).toBe('alaw');
    expect(await coding('a.vox', mulaw)).toBe('mulaw');
  });

  test.each([
    ['text', 'notes.vox', 'These are the minutes of the meeting.\n'.repeat(20), 'media.text'],
    [
      'a ZIP',
      'a.gsm',
      Buffer.from('PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml', 'latin1'),
      'media.unreadable',
    ],
    ['a cut WAV', 'a.ulaw', Buffer.from('RIFF\x24\x10\x00\x00WAVE', 'latin1'), 'media.unreadable'],
    ['another ending', 'a.bin', Buffer.alloc(9000, 0xd5), 'media.unreadable'],
  ])('%s is no raw sound', async (_, name, content, code) => {
    await expect(factsOf(name, content, ffmpeg)).rejects.toMatchObject({ code });
  });

  test('silence that looks like letters is sound', async () => {
    const { assumed } = await factsOf('a.alaw', Buffer.alloc(16_000, 'U'), ffmpeg);
    expect(assumed).toMatchObject({ coding: 'alaw', by: '.alaw' });
  });
});

test('every ending says how it is read', () => {
  expect([...RAW_ENDINGS.keys()].filter((ending) => !/^\.[a-z][a-z0-9-]*$/.test(ending))).toEqual([]);
});
