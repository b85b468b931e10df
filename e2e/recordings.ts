import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { DICTATION_MODEL } from '../src/core/models/testing/dictation-model.ts';
import { fixtureFile } from './vault-fixture.ts';

/** Cuts the beginning of a fixture into a file of its own: WAV, or the format of the extension of `name`. */
export function cutRecording(
  fixture: string,
  seconds: number,
  folder: string,
  name = `${bareName(fixture)}-${seconds}s.wav`,
): string {
  return convert([fixtureFile(fixture)], join(folder, name), ['-t', String(seconds), '-ac', '1']);
}

/** The beginning of the call with a channel for each side, as a WAV file of both. */
export function cutCall(seconds: number, folder: string, name: string): string {
  return convert([fixtureFile('call-two-channels.flac')], join(folder, name), ['-t', String(seconds)]);
}

/** The beginning of a recording as a WAV file of 16 bits, mono, at this rate. */
export function soundOf(source: string, seconds: number, sampleRate: number, target: string): string {
  const options = ['-t', String(seconds), '-ac', '1', '-ar', String(sampleRate), '-fflags', '+bitexact'];
  return convert([source], target, options);
}

/** A WAV of 16 bits, mono, at 16 kHz, of a fixture's length of which every sample is zero. */
export function mutedSound(fixture: string, folder: string): string {
  const options = ['-af', 'volume=0', '-ac', '1', '-ar', '16000', '-fflags', '+bitexact'];
  return convert([fixtureFile(fixture)], join(folder, 'muted.wav'), options);
}

/** Cuts a fixture in two WAV files, as a recorder numbers them: `memo-en_01.wav`, `memo-en_02.wav`. */
export function numberedParts(fixture: string, cutAtSeconds: number, folder: string): [string, string] {
  const part = (number: string) => join(folder, `${bareName(fixture)}_${number}.wav`);
  const cut = (number: string, ...options: string[]) =>
    convert([fixtureFile(fixture)], part(number), [...options, '-ac', '1']);
  return [cut('01', '-t', String(cutAtSeconds)), cut('02', '-ss', String(cutAtSeconds))];
}

/** A truncated fixture: all of its header, and none of its audio. */
export function recordingWithoutSound(fixture: string, folder: string, name: string): string {
  const target = join(folder, name);
  convert([fixtureFile(fixture)], target, ['-c:a', 'aac', '-movflags', '+faststart']);
  const bytes = readFileSync(target);
  writeFileSync(target, bytes.subarray(0, bytes.indexOf('mdat') + 20));
  return target;
}

/** The beginning of a fixture as telephone systems store it: µ-law at 8 kHz, with no header. */
export function telephoneSound(fixture: string, seconds: number, folder: string, name: string): string {
  const options = ['-t', String(seconds), '-ac', '1', '-ar', '8000', '-f', 'mulaw'];
  return convert([fixtureFile(fixture)], join(folder, name), options);
}

/** A fixture from a second on, as a telephone carries it (300 to 3400 Hz), as a WAV file. */
export function overTelephone(fixture: string, fromSeconds: number, folder: string, name: string): string {
  const options = ['-ss', String(fromSeconds), '-filter:a', 'highpass=300,lowpass=3400,aresample=8000'];
  return convert([fixtureFile(fixture)], join(folder, name), [...options, '-ac', '1']);
}

/** A fixture sped up until the fixture model is unsure of some words. */
export function hurriedRecording(fixture: string, folder: string): string {
  const target = join(folder, `${bareName(fixture)}-hurried.wav`);
  return convert([fixtureFile(fixture)], target, ['-filter:a', 'atempo=1.7', '-ac', '1']);
}

/** Recordings one after the other, with this much silence behind each. */
export function joinedWithSilence(
  recordings: readonly string[],
  silenceSeconds: number,
  folder: string,
  name: string,
): string {
  const padded = recordings.map(
    (_, index) => `[${index}:a]aresample=16000,apad=pad_dur=${silenceSeconds}[a${index}]`,
  );
  const all = recordings.map((_, index) => `[a${index}]`).join('');
  const filter = `${padded.join(';')};${all}concat=n=${recordings.length}:v=0:a=1[out]`;
  const options = ['-filter_complex', filter, '-map', '[out]', '-ac', '1'];
  return convert(recordings, join(folder, name), options);
}

/** One file with an audio track for each fixture, cut after some seconds. */
export function severalTracks(
  fixtures: readonly string[],
  seconds: number,
  folder: string,
  name: string,
): string {
  const tracks = fixtures.flatMap((_, index) => ['-map', `${index}:a`]);
  return convert(fixtures.map(fixtureFile), join(folder, name), [
    ...tracks,
    '-t',
    String(seconds),
    '-ac',
    '1',
  ]);
}

/** A speech model of the user's own: the fixture's with another hash, but equal output. */
export function ownModel(folder: string, name: string): string {
  const bytes = readFileSync(DICTATION_MODEL.path);
  const before = createHash('sha256').update(bytes).digest('hex');
  // The lowest bit of the last weight.
  const last = bytes.length - 2;
  bytes.writeUInt8(bytes.readUInt8(last) ^ 1, last);
  if (createHash('sha256').update(bytes).digest('hex') === before) throw new Error('The model is the same.');
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

/** A fixture with a range so quiet that no speech is detected in it. */
export function quietenedRecording(
  fixture: string,
  { fromS, toS }: { fromS: number; toS: number },
  folder: string,
): string {
  const filter = `volume=enable='between(t,${fromS},${toS})':volume=0.002`;
  const target = join(folder, `${bareName(fixture)}-quiet.wav`);
  return convert([fixtureFile(fixture)], target, ['-filter:a', filter, '-ac', '1']);
}

function convert(sources: readonly string[], target: string, options: readonly string[]): string {
  const inputs = sources.flatMap((source) => ['-i', source]);
  const { status, stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-y', ...inputs, '-ar', '16000', ...options, target],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The recording could not be made: ${stderr}`);
  return target;
}

function bareName(fixture: string): string {
  return basename(fixture, extname(fixture));
}
