import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PART_MS, SAMPLES_PER_MS } from '../../contract/audio.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { findFfmpeg } from '../../core/media/find-ffmpeg.ts';
import { make } from '../../core/media/testing/media-fixtures.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import { openEphemeral, PLAIN_IMPORT } from '../testing/test-workspace.ts';

test('readings of more parts than are kept open, all at once, get each its own sound', async () => {
  const folder = temporaryFolder();
  const noise = join(folder, 'noise.wav');
  const options = ['-f', 'lavfi', '-t', '570', '-i', 'anoisesrc=sample_rate=16000:amplitude=0.01:seed=1'];
  await make(await findFfmpeg(), [...options, noise]);
  const workspace = await openEphemeral(folder);
  const { vault, database, imports } = workspace;
  try {
    const recordingId = await imports.add(noise, PLAIN_IMPORT);
    await imports.settled(recordingId, 'auto');
    const { durationMs } = await database.recordings.get(recordingId);
    const parts = Math.floor((durationMs ?? 0) / PART_MS);
    expect(parts).toBeGreaterThan(8);
    const reader = new WorkingCopyReader(vault, database, recordingId);
    const whole = await reader.read(0, 0, parts * PART_MS);
    // From the middle of a part, so that each read spans two parts, and out of order.
    const starts = Array.from({ length: parts - 1 }, (_, i) => (((i * 7) % (parts - 1)) + 0.5) * PART_MS);
    const read = await Promise.all(starts.map((startMs) => reader.read(0, startMs, PART_MS)));
    await reader.close();
    for (const [index, startMs] of starts.entries()) {
      const from = startMs * SAMPLES_PER_MS;
      const there = whole.subarray(from, from + PART_MS * SAMPLES_PER_MS);
      expect(Buffer.compare(bytesOf(read[index]), bytesOf(there))).toBe(0);
    }
  } finally {
    await workspace.close();
  }
});

function bytesOf(samples: Int16Array = new Int16Array()): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}
