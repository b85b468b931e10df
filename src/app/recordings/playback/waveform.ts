import { setImmediate as nextTurn } from 'node:timers/promises';
import { SAMPLES_PER_MS } from '../../../contract/audio.ts';
import type { RequestOutput } from '../../../contract/ipc.ts';
import type { Database } from '../../../core/database/database.ts';
import { mergePeaks, PEAK_BYTES, PEAK_SAMPLES } from '../../../core/media/sound/peaks.ts';

/** The shortest bucket. */
const FINEST_MS = PEAK_SAMPLES / SAMPLES_PER_MS;

/** Buckets merged per step: about a millisecond's work. */
const STEP_BUCKETS = 200_000;

/**
 * The peaks of a recording's channels, in buckets of about `bucketMs`, as far as it has been read. Throws
 * `recording.notFound`.
 */
export async function waveformOf(
  database: Database,
  recordingId: string,
  bucketMs: number,
): Promise<RequestOutput<'transcripts.peaks'>> {
  const { channels } = await database.recordings.get(recordingId);
  const count = Math.max(1, Math.floor(bucketMs / FINEST_MS));
  const all = await Promise.all(
    Array.from({ length: channels ?? 0 }, async (_, channel) => {
      const parts = await database.parts.peaks({ recordingId, channel });
      return await mergedInSteps(Buffer.concat(parts), count);
    }),
  );
  return { bucketMs: count * FINEST_MS, channels: all };
}

/** Merges the peaks of hours without blocking the event loop. */
async function mergedInSteps(peaks: Buffer, count: number): Promise<Uint8Array<ArrayBuffer>> {
  if (count === 1) return new Uint8Array(peaks);
  const stepBytes = Math.ceil(STEP_BUCKETS / count) * count * PEAK_BYTES;
  const merged: Uint8Array[] = [];
  for (let at = 0; at < peaks.length; at += stepBytes) {
    merged.push(mergePeaks(peaks.subarray(at, at + stepBytes), count));
    await nextTurn();
  }
  return new Uint8Array(Buffer.concat(merged));
}
