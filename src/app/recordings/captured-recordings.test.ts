import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import { beginCapture, feed, samplesOf } from '../testing/capture-feed.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { testFolder } from '../testing/test-folder.ts';
import { openEphemeral, type Workspace } from '../testing/test-workspace.ts';

/** The working copy as it is stored: of every channel, the gain and samples of each part. */
async function workingCopy({ vault, database }: Workspace, recordingId: string): Promise<string[]> {
  const { channels } = await database.recordings.get(recordingId);
  const stored: string[] = [];
  for (let channel = 0; channel < (channels ?? 0); channel += 1) {
    for (const part of await database.parts.list({ recordingId, channel })) {
      const reader = await vault.objects.openReader(part.object);
      const bytes = await reader.read(0, reader.sizeBytes);
      await reader.close();
      const { features, peaks } = await database.parts.analysis(part);
      const hash = createHash('sha256').update(bytes).update(features).update(peaks).digest('hex');
      stored.push(`${channel} ${part.startSample} ${part.sampleCount} ${part.gainDb} ${hash}`);
    }
  }
  return stored;
}

/** Feeds a capture that is followed by an import, and waits for both. */
async function capture(workspace: Workspace, recorder: CaptureRecorder, samples: Int16Array) {
  const imported = workspace.imports.follow(recorder.source);
  await feed(recorder, samples);
  const captured = await recorder.finish();
  await imported.completion(new AbortController().signal);
  return captured;
}

test.each([
  { source: RECORDINGS.hearing, sampleRate: 44_100, channels: 1, layout: 'single' },
  { source: RECORDINGS.call, sampleRate: 48_000, channels: 2, layout: 'speakers' },
])('a capture at $sampleRate Hz of $channels becomes what its samples become as a WAV file', async (one) => {
  const { source, sampleRate, channels, layout } = one;
  const folder = await testFolder();
  await using stack = new AsyncDisposableStack();
  const workspace = stack.adopt(await openEphemeral(folder), (open) => open.close());
  const samples = await samplesOf(source, sampleRate, channels);
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const recorder = await beginCapture(workspace, { sampleRate, channels });
  const captured = await capture(workspace, recorder, samples);
  expect(captured).toEqual({
    sampleFrames: samples.length / channels,
    crc32: crc32(bytes),
    lostFrames: 0,
  });
  const raw = ['-f', 's16le', '-ar', String(sampleRate), '-ac', String(channels)];
  const wav = await make(
    join(folder, 'same.wav'),
    ...['-i', source, '-ar', String(sampleRate)],
    '-ac',
    String(channels),
  );
  void raw;
  const imported = await workspace.app.recordings.importFile(wav, {
    matterId: null,
    track: null,
    speakers: 'channels',
  });
  const recording = await workspace.database.recordings.get(recorder.recordingId);
  expect(recording).toMatchObject({
    state: 'ready',
    layout,
    durationMs: imported.durationMs,
    sourceSizeBytes: bytes.length,
    sourceSha256: createHash('sha256').update(bytes).digest('hex'),
  });
  expect(await workingCopy(workspace, recorder.recordingId)).toEqual(
    await workingCopy(workspace, imported.id),
  );
});
