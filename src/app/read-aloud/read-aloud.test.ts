import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { BYTES_PER_SAMPLE } from '../../contract/audio.ts';
import type { SpokenFormat } from '../../contract/read-aloud.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { decode } from '../../core/media/decode.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { probe } from '../../core/media/probe.ts';
import { WAV_HEADER_BYTES } from '../../core/media/sound/wav-header.ts';
import { openSource } from '../../core/media/source.ts';
import { VOICE_RATE } from '../../core/read-aloud/flite-voice.ts';
import { ReadAloud } from './read-aloud.ts';

let vault: TestDatabase;
let readAloud: ReadAloud;
beforeEach(async () => {
  vault = await testDatabase();
  readAloud = new ReadAloud({ database: vault.db, ffmpeg: findFfmpeg, language: () => 'en' });
});
afterEach(async () => {
  await readAloud.close();
  await vault[Symbol.asyncDispose]();
});

/** The root mean square of each tenth of a second. */
function loudness(samples: ArrayLike<number>): number[] {
  const step = VOICE_RATE / 10;
  return Array.from({ length: Math.floor(samples.length / step) }, (_, tenth) => {
    let sum = 0;
    for (let at = tenth * step; at < (tenth + 1) * step; at += 1) sum += (samples[at] ?? 0) ** 2;
    return Math.sqrt(sum / step);
  });
}

async function decoded(path: string): Promise<number[]> {
  const source = await openSource(path);
  try {
    const ffmpeg = await findFfmpeg();
    const facts = await probe(source, ffmpeg);
    const all: number[] = [];
    for await (const block of decode(source, ffmpeg, facts, { track: 0, channels: 1 })) all.push(...block);
    return all;
  } finally {
    await source.close();
  }
}

it('writes a text as WAV and as MP3: the same sound, nothing that names anyone, and an entry of the audit log', async () => {
  const { recordingId, versionId } = await addTranscript(vault.db, [
    'Mr Thorne came in.',
    'He sat down. Then he spoke.',
  ]);
  const save = async (format: SpokenFormat) => {
    const path = join(vault.folder, `Thorne.${format}`);
    await readAloud.save(recordingId, { path, format, speed: 1 });
    return path;
  };
  const wav = await save('wav');
  const file = await readFile(wav);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect([file.readUInt32LE(4), file.readUInt32LE(24), file.readUInt32LE(40)]).toEqual([
    file.length - 8,
    VOICE_RATE,
    file.length - WAV_HEADER_BYTES,
  ]);
  const samples = new Int16Array(
    file.buffer.slice(file.byteOffset + WAV_HEADER_BYTES, file.byteOffset + file.length),
  );
  expect(samples.length * BYTES_PER_SAMPLE).toBe(file.length - WAV_HEADER_BYTES);
  // Ten words and three pauses behind sentences.
  const seconds = samples.length / VOICE_RATE;
  expect(seconds).toBeGreaterThan(3);
  expect(seconds).toBeLessThan(9);
  const heard = loudness(samples);
  expect(Math.max(...heard)).toBeGreaterThan(1000);
  expect(heard.at(-1)).toBe(0);

  const mp3 = await save('mp3');
  const bytes = await readFile(mp3);
  expect(bytes.length).toBeLessThan(file.length / 3);
  for (const name of ['Thorne', 'ID3', 'Lav']) expect(bytes.includes(name), name).toBe(false);
  const again = await decoded(mp3);
  // An encoder puts up to two frames of silence before and behind.
  expect(Math.abs(again.length - samples.length) / VOICE_RATE).toBeLessThan(0.2);
  const quieter = (tenths: readonly number[], least: number) => tenths.filter((one) => one < least).length;
  expect(Math.abs(quieter(loudness(again), 0.003) - quieter(heard, 100))).toBeLessThanOrEqual(4);

  const entries = await vault.db.audit.about(['version.readAloud']);
  expect(entries).toMatchObject([
    { subjectId: versionId, detail: { format: 'wav' } },
    { subjectId: versionId, detail: { format: 'mp3' } },
  ]);
});

it('leaves no file behind where the vault is locked on the way', async () => {
  const { recordingId } = await addTranscript(vault.db, [Array(200).fill('One sentence.').join(' ')]);
  const path = join(vault.folder, 'long.mp3');
  const before = await readdir(vault.folder);
  const saved = readAloud.save(recordingId, { path, format: 'mp3', speed: 1 });
  setTimeout(() => void readAloud.close(), 500);
  await expect(saved).rejects.toMatchObject({ code: 'voice.failed' });
  expect(await readdir(vault.folder)).toEqual(before);
});
