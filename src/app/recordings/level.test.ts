import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { VOICE_DB } from '../../core/media/sound/gain.ts';
import { HighPass } from '../../core/media/sound/high-pass.ts';
import { measureLevel } from '../../core/media/sound/sound-level.ts';
import { CALL } from '../../core/media/testing/media-fixtures.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import type { Workspace } from '../testing/test-workspace.ts';
import { openEphemeral, PLAIN_IMPORT } from '../testing/test-workspace.ts';

let folder: string;
let workspace: Workspace;
/** The memo as it is. */
let plain: Copy;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voicesync-level-test-'));
  workspace = await openEphemeral(join(folder, 'vaults'));
  plain = await imported('plain.wav', RECORDINGS.memo, '-ac', '1', '-c:a', 'pcm_f32le');
});
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** A working copy as it is stored. */
interface Copy {
  readonly channels: Int16Array[];
  /** The gains of each channel's parts. */
  readonly gains: number[][];
}

async function copyOf(recordingId: string): Promise<Copy> {
  const { vault, database } = workspace;
  const { durationMs, channels: count } = await database.recordings.get(recordingId);
  const reader = new WorkingCopyReader(vault, database, recordingId);
  const copy: Copy = { channels: [], gains: [] };
  for (let channel = 0; channel < (count ?? 0); channel++) {
    copy.channels.push(await reader.read(channel, 0, durationMs ?? 0));
    const parts = await database.parts.list({ recordingId, channel });
    copy.gains.push(parts.map(({ gainDb }) => gainDb));
  }
  await reader.close();
  return copy;
}

/** Imports a recording that ffmpeg makes from a source. */
async function imported(name: string, source: string, ...options: string[]): Promise<Copy & { id: string }> {
  const path = await make(join(folder, name), '-i', source, ...options);
  const id = await workspace.imports.add(path, PLAIN_IMPORT);
  await workspace.imports.settled(id, 'auto');
  return { id, ...(await copyOf(id)) };
}

function voiceDb(samples: Int16Array | undefined): number {
  return measureLevel(Float32Array.from(samples ?? [], (sample) => sample / 32_768)).voiceDb;
}

function correlation(some: Int16Array | undefined, others: Int16Array | undefined): number {
  let product = 0;
  let energy = 0;
  let otherEnergy = 0;
  for (const [i, sample] of (some ?? []).entries()) {
    const other = others?.[i] ?? 0;
    product += sample * other;
    energy += sample ** 2;
    otherEnergy += other ** 2;
  }
  return product / Math.sqrt(energy * otherEnergy);
}

test.each([
  ['-60 dB as floats', 'volume=-60dB', 'pcm_f32le'],
  ['-60 dB in 24 bits', 'volume=-60dB', 'pcm_s24le'],
  ['+40 dB, beyond full scale', 'volume=40dB:precision=float', 'pcm_f32le'],
  ['an offset of 5 %', 'dcshift=0.05', 'pcm_f32le'],
])('a recording with %s is heard like the recording itself', async (name, filter, codec) => {
  const changed = await imported(`${name}.wav`, RECORDINGS.memo, '-ac', '1', '-af', filter, '-c:a', codec);
  expect(Math.abs(voiceDb(changed.channels[0]) - voiceDb(plain.channels[0]))).toBeLessThan(1);
  expect(Math.abs(voiceDb(plain.channels[0]) - VOICE_DB)).toBeLessThan(1);
  expect(correlation(plain.channels[0], changed.channels[0])).toBeGreaterThan(0.999);
});

test('the gain is the one that the file was lowered by, and is told with the recording', async () => {
  const lower = ['-ac', '1', '-af', 'volume=-40dB', '-c:a', 'pcm_f32le'];
  const faint = await imported('faint.wav', RECORDINGS.memo, ...lower);
  const [gain = 0] = plain.gains[0] ?? [];
  expect(faint.gains).toEqual([[gain + 40]]);
  expect(await workspace.database.parts.gain(faint.id)).toEqual({
    leastDb: gain + 40,
    greatestDb: gain + 40,
  });
});

test('but for the rumble and the gain the working copy is the recording', async () => {
  const path = join(folder, 'sixteen.wav');
  const { channels, gains } = await imported('sixteen.wav', RECORDINGS.memo, '-ac', '1', '-ar', '16000');
  const bytes = await readFile(path);
  const recorded = new Int16Array(new Uint8Array(bytes.subarray(bytes.indexOf('data') + 8)).buffer);
  const expected = Float32Array.from(recorded, (sample) => sample / 32_768);
  new HighPass(1).filter(expected);
  const factor = 32_768 * 10 ** ((gains[0]?.[0] ?? 0) / 20);
  // The DC offset is estimated from the first half second, and here from a little more.
  const from = SAMPLE_RATE;
  const worst = (channels[0] ?? new Int16Array()).subarray(from).reduce((most, sample, i) => {
    return Math.max(most, Math.abs(sample - (expected[from + i] ?? 0) * factor));
  }, 0);
  expect(worst).toBeLessThanOrEqual(0.51);
});

test('speakers on channels of their own are raised each by a gain of its own, and still compared', async () => {
  const uneven = 'pan=stereo|c0=c0|c1=0.0316228*c1';
  const call = await imported('call.wav', CALL, '-c:a', 'pcm_f32le');
  const { channels, gains, id } = await imported('uneven.wav', CALL, '-af', uneven, '-c:a', 'pcm_f32le');
  expect(channels).toHaveLength(2);
  expect((gains[1]?.[0] ?? 0) - (call.gains[1]?.[0] ?? 0)).toBe(30);
  for (const channel of channels) expect(Math.abs(voiceDb(channel) - VOICE_DB)).toBeLessThan(1);

  const features = (recordingId: string) =>
    workspace.database.parts.analysis({ recordingId, channel: 1, partIndex: 0 });
  const [own, lowered] = [await features(call.id), await features(id)];
  // 30 dB are 60 steps of half a decibel, except where no signal is left.
  const loud = [...own.features.entries()].filter(([, level]) => level > 100);
  expect(loud.every(([i, level]) => Math.abs(level - (lowered.features[i] ?? 0) - 60) <= 1)).toBe(true);
});
