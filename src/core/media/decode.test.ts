import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import type { Diagnostic } from '../../contract/diagnostics.ts';
import type { MediaFacts } from '../../contract/recording.ts';
import { onNoted } from '../diagnostics/note.ts';
import { type DecodeRequest, decode } from './decode.ts';
import { type Ffmpeg, findFfmpeg } from './find-ffmpeg.ts';
import { probe } from './probe.ts';
import { openSource, type Source } from './source.ts';
import {
  CALL,
  childProcesses,
  decodeFile,
  HEARING,
  isHeard,
  make,
  SAMPLE,
  temporaryFolder,
  written,
} from './testing/media-fixtures.ts';

const folder = await temporaryFolder();
afterAll(() => folder.remove());

let ffmpeg: Ffmpeg;
let hearing: Source;
let facts: MediaFacts;

beforeAll(async () => {
  ffmpeg = await findFfmpeg();
  hearing = await openSource(HEARING);
  facts = await probe(hearing, ffmpeg);
});
afterAll(() => hearing.close());

function decodeHearing(request: Partial<DecodeRequest> = {}) {
  return decode(hearing, ffmpeg, facts, { track: 0, channels: 1, ...request });
}

describe('decode', () => {
  test('keeps channels apart, or mixes them down', async () => {
    const apart = await decodeFile(CALL, ffmpeg);
    const mixed = await decodeFile(CALL, ffmpeg, { channels: 1 });
    expect(apart.samples.length).toBe(2 * mixed.samples.length);
    for (const i of [100_000, 300_000, 500_000]) {
      const average = ((apart.samples[2 * i] ?? 0) + (apart.samples[2 * i + 1] ?? 0)) / 2;
      expect(Math.abs((mixed.samples[i] ?? 0) - average)).toBeLessThanOrEqual(2 / 32_768);
    }
  });

  test.each(['pcm_f32le', 'pcm_s24le'])('hears what 16 bits do not hold in %s', async (codec) => {
    const path = join(folder.path, `faint-${codec}.wav`);
    const plain = await decodeFile(SAMPLE, ffmpeg);
    await make(ffmpeg, ['-i', SAMPLE, '-af', 'volume=-60dB', '-c:a', codec, path]);
    const { samples } = await decodeFile(path, ffmpeg);
    expect(samples.length).toBe(plain.samples.length);
    const worst = samples.reduce(
      (most, sample, i) => Math.max(most, Math.abs(sample * 1000 - (plain.samples[i] ?? 0))),
      0,
    );
    expect(worst).toBeLessThan(0.001);
  });

  test('does not cut off floats beyond full scale', async () => {
    const path = join(folder.path, 'loud.wav');
    const plain = await decodeFile(SAMPLE, ffmpeg);
    await make(ffmpeg, ['-i', SAMPLE, '-af', 'volume=40dB:precision=float', '-c:a', 'pcm_f32le', path]);
    const { samples } = await decodeFile(path, ffmpeg);
    const peak = (all: Float32Array) => all.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(peak(samples) / peak(plain.samples)).toBeCloseTo(100, 1);
  });

  test('takes for silence what is no number', async () => {
    const path = join(folder.path, 'numbers.wav');
    await make(ffmpeg, ['-t', '2', '-i', SAMPLE, '-ac', '1', '-ar', '16000', '-c:a', 'pcm_f32le', path]);
    const bytes = await readFile(path);
    for (const [i, value] of [Number.NaN, Number.POSITIVE_INFINITY, -3e38].entries()) {
      bytes.writeFloatLE(value, bytes.length - 4 * (8000 + i));
    }
    const { samples, error } = await decodeFile(await written(folder.path, 'broken.wav', bytes), ffmpeg);
    expect(error).toBeNull();
    expect(samples.length).toBe(2 * SAMPLE_RATE);
    expect([...samples.slice(-8002, -7999)]).toEqual([0, 0, 0]);
    expect(samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
  });

  test('gives large blocks: a recording does not cross packet by packet', async () => {
    let blocks = 0;
    let bytes = 0;
    for await (const block of decodeHearing()) {
      blocks += 1;
      bytes += block.byteLength;
    }
    expect(bytes / blocks).toBeGreaterThan(24 * 1024);
  });

  test('takes the track it is asked for, or all of them mixed', async () => {
    const path = join(folder.path, 'two-tracks.mkv');
    // The sample is on the second track only; the first is silent and longer.
    const silence = ['-f', 'lavfi', '-t', '8', '-i', 'anullsrc=r=16000:cl=mono'];
    const maps = [
      '-map',
      '0:a',
      '-map',
      '1:a',
      '-c:a',
      'flac',
      '-ar',
      '16000',
      '-metadata:s:1',
      'title=Judge',
    ];
    await make(ffmpeg, [...silence, '-t', '4', '-i', SAMPLE, ...maps, path]);
    const source = await openSource(path);
    const { tracks } = await probe(source, ffmpeg);
    await source.close();
    expect(tracks).toMatchObject([{ index: 0 }, { index: 1, title: 'Judge' }]);

    const first = await decodeFile(path, ffmpeg, { track: 0 });
    const second = await decodeFile(path, ffmpeg, { track: 1 });
    const mix = await decodeFile(path, ffmpeg, { track: 'mix', channels: 1 });
    expect([first.error, second.error, mix.error]).toEqual([null, null, null]);
    expect(first.samples.every((sample) => sample === 0)).toBe(true);
    expect(second.samples.some((sample) => Math.abs(sample) > 0.03)).toBe(true);
    expect(mix.samples.length).toBe(first.samples.length);
    expect(mix.samples.some((sample) => Math.abs(sample) > 0.01)).toBe(true);

    const { error } = await decodeFile(path, ffmpeg, { track: 7 });
    expect(error).toMatchObject({ code: 'media.noSuchTrack', details: { track: 7, tracks: ['0', '1'] } });
  });

  test('sound that starts late in a video starts as late in the output', async () => {
    const path = join(folder.path, 'late.mkv');
    const video = ['-f', 'lavfi', '-t', '6', '-i', 'testsrc=s=64x64:r=10'];
    const sound = ['-itsoffset', '2', '-t', '4', '-i', SAMPLE, '-map', '0:v', '-map', '1:a'];
    await make(ffmpeg, [...video, ...sound, '-c:v', 'mpeg4', '-c:a', 'flac', '-ar', '16000', path]);
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(6, 1);
    expect(samples.subarray(0, 1.9 * SAMPLE_RATE).every((sample) => sample === 0)).toBe(true);
  });

  test('a late start on the clock is silence; a clock that begins anywhere begins at its start', async () => {
    const rows: readonly [string, number, ...string[]][] = [
      ['late.m4a', 90],
      ['late.mov', 90],
      ['late.mkv', 90, '-c:a', 'flac'],
      ['late.webm', 90, '-c:a', 'libopus', '-ar', '48000'],
      ['late.opus', 90, '-c:a', 'libopus', '-ar', '48000'],
      ['late.flv', 90],
      // It stores no timestamps, only the length.
      ['late.avi', 0, '-c:a', 'libmp3lame'],
      ['late.ts', 0],
    ];
    for (const [file, start, ...options] of rows) {
      const path = join(folder.path, file);
      const offset = ['-ac', '1', '-ar', '44100', '-output_ts_offset', '90'];
      await make(ffmpeg, ['-t', '2', '-i', SAMPLE, ...offset, ...options, path]);
      const { samples, error } = await decodeFile(path, ffmpeg);
      expect.soft(error, file).toBeNull();
      expect.soft(Math.abs(samples.length / SAMPLE_RATE - start - 2), file).toBeLessThan(0.15);
      const heard = [isHeard(samples, 0, start), isHeard(samples, start, start + 2)];
      expect.soft(heard, file).toEqual([false, true]);
    }
  });

  test('a clock that began 30 hours ago is no place in a recording, and makes it no longer', async () => {
    const path = join(folder.path, 'clock.mkv');
    const offset = ['-output_ts_offset', '108000', '-c:a', 'flac'];
    await make(ffmpeg, ['-t', '2', '-i', SAMPLE, ...offset, path]);
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(2, 1);
  });

  test('a sample rate that changes on the way leaves no gap', async () => {
    const parts = ['44100', '48000'].map((rate) => join(folder.path, `rate-${rate}.ts`));
    for (const [index, part] of parts.entries()) {
      const options = ['-ac', String(index + 1), '-ar', ['44100', '48000'][index] ?? ''];
      await make(ffmpeg, ['-t', '4', '-i', SAMPLE, '-c:a', 'aac', ...options, part]);
    }
    const bytes = Buffer.concat(await Promise.all(parts.map((part) => readFile(part))));
    const { samples, error } = await decodeFile(await written(folder.path, 'rates.ts', bytes), ffmpeg);
    expect(error).toBeNull();
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(8, 0);
  });

  test('a gap in the recording is silence, and what follows stands where it was', async () => {
    const path = join(folder.path, 'gap.mkv');
    const gap = "asetpts='if(gt(T,3),PTS+1800/TB,PTS)'";
    await make(ffmpeg, ['-t', '6', '-i', SAMPLE, '-af', gap, '-c:a', 'flac', '-ar', '48000', path]);
    const { samples, error } = await decodeFile(path, ffmpeg);
    expect(error).toBeNull();
    expect(samples.length / SAMPLE_RATE).toBeCloseTo(1806, 0);
    const middle = samples.subarray(10 * SAMPLE_RATE, 1800 * SAMPLE_RATE);
    expect(middle.every((sample) => sample === 0)).toBe(true);
    expect(samples.subarray(1803 * SAMPLE_RATE).some((sample) => Math.abs(sample) > 0.03)).toBe(true);
  });

  test('refuses what is longer than the limit, by its claim or by what comes out', async () => {
    const limits = { durationMs: 60_000 };
    const claimed = await decodeFile(HEARING, ffmpeg, { limits });
    expect(claimed.error).toMatchObject({ code: 'media.tooLong' });
    expect(claimed.samples.length).toBe(0);

    const blocks: Float32Array[] = [];
    const unclaimed = decode(
      hearing,
      ffmpeg,
      { ...facts, claimedDurationMs: null },
      { track: 0, channels: 1, limits },
    );
    await expect(collect(unclaimed, blocks)).rejects.toMatchObject({ code: 'media.tooLong' });
    const samples = blocks.reduce((sum, block) => sum + block.length, 0);
    expect(samples).toBeGreaterThan(50 * SAMPLE_RATE);
    expect(samples).toBeLessThanOrEqual(60 * SAMPLE_RATE);
  });

  test('hours of silence in a small file end at the limit', async () => {
    const path = join(folder.path, 'bomb.flac');
    await make(ffmpeg, ['-f', 'lavfi', '-t', '7200', '-i', 'anullsrc=r=8000:cl=mono', path]);
    const source = await openSource(path);
    const claimed = await probe(source, ffmpeg);
    const request = { track: 0, channels: 1, limits: { durationMs: 900_000 } };
    const end = collect(decode(source, ffmpeg, { ...claimed, claimedDurationMs: null }, request), []);
    await expect(end).rejects.toMatchObject({ code: 'media.tooLong', details: { limitHours: 0.25 } });
    await source.close();
  });

  test('aborting throws the reason, before and during', async () => {
    const reason = new Error('enough');
    await expect(collect(decodeHearing({ signal: AbortSignal.abort(reason) }), [])).rejects.toBe(reason);

    const abort = new AbortController();
    const blocks = decodeHearing({ signal: abort.signal });
    await blocks.next();
    abort.abort(reason);
    await expect(collect(blocks, [])).rejects.toBe(reason);
  });

  test.runIf(process.platform === 'linux')(
    'no block comes after an abort, whatever has come in',
    async () => {
      for (const taken of [2, 3]) {
        const abort = new AbortController();
        const blocks = decodeHearing({ signal: abort.signal });
        await blocks.next();
        const [child = 0] = await childProcesses();
        // The output buffered meanwhile arrives in chunks of several blocks.
        await settledOutput(child);
        for (let i = 0; i < taken; i++) await blocks.next();
        abort.abort();
        await expect(blocks.next()).rejects.toThrow();
        expect(await childProcesses()).toEqual([]);
      }
    },
  );

  describe.runIf(process.platform === 'linux')('the child', () => {
    test('is gone after the end, an abort, and a caller who leaves', async () => {
      for await (const _ of decodeHearing()) break;
      expect(await childProcesses()).toEqual([]);

      const abort = new AbortController();
      const blocks = decodeHearing({ signal: abort.signal });
      await blocks.next();
      expect(await childProcesses()).toHaveLength(1);
      abort.abort();
      await expect(blocks.next()).rejects.toThrow();
      expect(await childProcesses()).toEqual([]);

      await decodeFile(SAMPLE, ffmpeg);
      expect(await childProcesses()).toEqual([]);
    });

    // decode.soak.test.ts stops the whole program.
    test('that is stopped for longer than it may be idle goes on when it is let, and loses nothing', async () => {
      // More than fits into what lies between the decoder and its reader.
      const seconds = 300;
      const path = join(folder.path, 'tone.wav');
      await make(ffmpeg, [
        '-f',
        'lavfi',
        '-t',
        String(seconds),
        '-i',
        `sine=sample_rate=${SAMPLE_RATE}`,
        path,
      ]);
      const source = await openSource(path);
      const tone = await probe(source, ffmpeg);
      const limits = { idleMs: 1000 };
      const blocks = decode(source, ffmpeg, tone, { track: 0, channels: 1, limits });
      const first = await blocks.next();
      const [child = 0] = await childProcesses();
      process.kill(-child, 'SIGSTOP');
      const rest = samplesOf(blocks);
      await pause(2000);
      process.kill(-child, 'SIGCONT');
      expect((first.value?.length ?? 0) + (await rest)).toBe(seconds * SAMPLE_RATE);
      await source.close();
    });

    test.each([
      ['waits for ever', 'exec sleep 100'],
      ['spins', 'while :; do :; done'],
    ])('that %s is given up and killed', async (_, script) => {
      const path = await written(folder.path, 'hung.sh', Buffer.from(`#!/bin/sh\n${script}\n`));
      await chmod(path, 0o755);
      const limits = { idleMs: 500 };
      const hung = decode(hearing, { ...ffmpeg, path }, facts, { track: 0, channels: 1, limits });
      const begunAt = performance.now();
      await expect(hung.next()).rejects.toMatchObject({ code: 'media.stalled' });
      expect(performance.now() - begunAt).toBeLessThan(5000);
      expect(await childProcesses()).toEqual([]);
    });

    test('that is killed from outside is no damage of the source', async () => {
      const blocks = decodeHearing();
      await blocks.next();
      const [child = 0] = await childProcesses();
      const noted: Diagnostic[] = [];
      onTestFinished(onNoted((what) => void noted.push(what)));
      process.kill(child, 'SIGKILL');
      await expect(collect(blocks, [])).rejects.toMatchObject({ code: 'ffmpeg.crashed' });
      expect(noted).toMatchObject([{ event: 'decoderDied', signal: 'SIGKILL' }]);
    });

    test('has an empty environment, its own group, and the source as its only file', async () => {
      const blocks = decodeHearing();
      await blocks.next();
      const [child = 0] = await childProcesses();
      expect(await readFile(`/proc/${child}/environ`, 'utf8')).toBe('');
      const stat = await readFile(`/proc/${child}/stat`, 'utf8');
      expect(Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2])).toBe(child);
      const descriptors = await readdir(`/proc/${child}/fd`);
      const files = await Promise.all(descriptors.map((fd) => readlink(`/proc/${child}/fd/${fd}`)));
      expect(new Set(files.filter((file) => file.startsWith('/')))).toEqual(
        new Set(['/dev/null', hearing.path]),
      );
      await blocks.return();
    });

    test.runIf(existsSync('/usr/bin/prlimit'))('may neither write files nor take all memory', async () => {
      const blocks = decodeHearing();
      await blocks.next();
      const [child = 0] = await childProcesses();
      const limits = await readFile(`/proc/${child}/limits`, 'utf8');
      expect(limits).toMatch(/^Max file size +0 +0 /m);
      expect(limits).toMatch(/^Max address space +\d+ +\d+ /m);
      await blocks.return();
    });

    test('waits for a slow reader instead of filling memory', async () => {
      const blocks = decodeHearing();
      const first = await blocks.next();
      const [child = 0] = await childProcesses();
      const produced = await settledOutput(child);
      let total = first.value?.length ?? 0;
      for await (const block of blocks) total += block.length;
      expect(total / SAMPLE_RATE).toBeGreaterThan(650);
      expect(produced).toBeLessThan((total * Float32Array.BYTES_PER_ELEMENT) / 20);
    });
  });
});

async function samplesOf(blocks: AsyncIterable<Float32Array>): Promise<number> {
  let samples = 0;
  for await (const block of blocks) samples += block.length;
  return samples;
}

async function collect(blocks: AsyncIterable<Float32Array>, into: Float32Array[]): Promise<void> {
  for await (const block of blocks) into.push(block);
}

/** Bytes that a process has written once it has stopped writing. */
async function settledOutput(pid: number): Promise<number> {
  let written = -1;
  let unchanged = 0;
  while (unchanged < 10) {
    const now = Number(/^wchar: (\d+)$/m.exec(await readFile(`/proc/${pid}/io`, 'utf8'))?.[1]);
    unchanged = now === written ? unchanged + 1 : 0;
    written = now;
    await pause(50);
  }
  return written;
}
