import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { CaptureOptions } from '../../contract/capture.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { DICTATION_MODEL } from '../../core/models/testing/dictation-model.ts';
import {
  eventually,
  openStudio,
  play,
  RATE,
  recorded,
  saidIn,
  started,
  wordsOfVersion,
} from '../testing/capture-studio.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { testFolder } from '../testing/test-folder.ts';
import { PLAIN_IMPORT } from '../testing/test-workspace.ts';

const WITH_TEXT: CaptureOptions = {
  ...PLAIN_CAPTURE,
  choice: { ...PLAIN_CAPTURE.choice, model: DICTATION_MODEL.path },
  liveText: true,
  finalTranscript: true,
};

test('what is said is recorded bit for bit, stands live, and in the end as in an import of the same sound', async () => {
  const studio = await openStudio(forkEngine);
  const { workspace, devices, told } = studio;
  const { app, database, queue } = workspace;
  await queue.start();
  const sound = await samplesOf(RECORDINGS.memo, RATE, 1);
  const { id, recordingId } = await started(studio, WITH_TEXT, sound.subarray(0, RATE / 2));
  expect(app.captures.isCapturing).toBe(true);
  await play(studio, sound.subarray(RATE / 2, 5 * RATE));
  const marker = await app.captures.mark(id, 'Diagnosis');
  expect(Math.abs(marker.atMs - 5000)).toBeLessThan(100);
  // On a busy machine a whole sentence may stand at once, without having been interim.
  await eventually(async () => {
    const { liveVersionId } = (await database.captures.get(recordingId)) ?? {};
    const isRead = told.some(({ type }) => type === 'liveText');
    expect(isRead || (await wordsOfVersion(workspace, liveVersionId ?? '')).length > 0).toBe(true);
  });
  await play(studio, sound.subarray(5 * RATE));
  const states = () =>
    told.flatMap((event) => (event.type === 'captureChanged' ? [event.capture.state] : []));
  await eventually(() => expect(states()).toContain('speaking'));
  const { state, metrics, durationMs, failure, warnings } = await app.captures.stop(id);
  expect({ state, failure, warnings }).toEqual({ state: 'done', failure: null, warnings: [] });
  expect(app.captures.isCapturing).toBe(false);

  const frames = Math.ceil(sound.length / (RATE / 50));
  expect(metrics).toMatchObject({ framesIn: frames, framesRecorded: frames, framesLost: 0, gapMs: 0 });
  expect(durationMs).toBe(Math.round((sound.length / RATE) * 1000));
  const bytes = Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength);
  expect(devices.closed).toMatchObject([{ frames, crc32: crc32(bytes) }]);
  expect(await recorded(workspace, recordingId)).toEqual(new Int16Array(sound));
  const capture = await database.captures.get(recordingId);
  expect(capture).toMatchObject({ state: 'done', metrics });
  expect(await app.captures.markers(recordingId)).toEqual([marker]);

  expect(await wordsOfVersion(workspace, capture?.liveVersionId ?? '')).toEqual(saidIn('memo-en.mp3'));

  await queue.idle();
  const recording = await database.recordings.get(recordingId);
  expect(recording).toMatchObject({
    state: 'ready',
    sourceSha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const job = await database.jobs.get(capture?.finalJobId ?? '');
  expect(job.state).toBe('done');
  const wav = await make(join(await testFolder(), 'same.wav'), '-i', RECORDINGS.memo, '-ar', String(RATE));
  const imported = await queue.addFile(wav, PLAIN_IMPORT, job.options, null);
  await queue.idle();
  const finalWords = async (id: string) =>
    await wordsOfVersion(workspace, (await database.edits.text(id))?.machineVersionId ?? '');
  expect(await finalWords(recordingId)).toEqual(await finalWords(imported.recordingId));
}, 240_000);
