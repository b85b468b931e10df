import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import type { CaptureOptions } from '../../contract/capture.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { forkEngine } from '../../core/engine/engine-process.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
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
import { PLAIN_IMPORT } from '../testing/test-workspace.ts';

const WITH_TEXT: CaptureOptions = {
  ...PLAIN_CAPTURE,
  choice: { ...PLAIN_CAPTURE.choice, model: DICTATION_MODEL.path },
  liveText: true,
  finalTranscript: true,
};

test('a call has two speakers: the microphone, and the computer’s sound', async () => {
  const studio = await openStudio({ launchEngine: forkEngine });
  const { workspace, devices } = studio;
  const { app, database, queue } = workspace;
  await queue.start();
  const sound = await samplesOf(RECORDINGS.call, RATE, 2);
  const channel = (one: number) =>
    Int16Array.from({ length: sound.length / 2 }, (_, index) => sound[2 * index + one] ?? 0);
  const [me, they] = [channel(0), channel(1)];
  const options = { ...WITH_TEXT, systemAudio: true };
  const { id, recordingId } = await started(studio, options, me.subarray(0, 0));
  for (let start = 0; start < me.length; start += RATE / 50) {
    devices.deliver('system', they.subarray(start, start + RATE / 50), { advance: false });
    devices.deliver('microphone', me.subarray(start, start + RATE / 50));
    if (start % RATE === 0) await app.captures.caughtUp(id);
  }
  expect(await app.captures.stop(id)).toMatchObject({ state: 'done', metrics: { framesLost: 0, gapMs: 0 } });
  const stored = await recorded(workspace, recordingId);
  expect(stored.length).toBe(sound.length);
  // The microphone's samples are the clock; the others follow it through a filter, which rounds.
  const farthest = [0, 0];
  for (let index = 0; index < sound.length; index += 1) {
    const apart = Math.abs((stored[index] ?? 0) - (sound[index] ?? 0));
    farthest[index % 2] = Math.max(farthest[index % 2] ?? 0, apart);
  }
  expect(farthest[0]).toBe(0);
  expect(farthest[1]).toBeLessThan(20);
  const { liveVersionId } = (await database.captures.get(recordingId)) ?? {};
  await queue.idle();
  const text = await database.edits.text(recordingId);
  for (const versionId of [liveVersionId ?? '', text?.machineVersionId ?? '']) {
    for (const speaker of [0, 1]) {
      const heard = await wordsOfVersion(workspace, versionId, `Speaker ${speaker + 1}`);
      const said = saidIn('call-two-channels.flac', speaker);
      const known = new Set(said);
      expect(heard.filter((word) => known.has(word)).length).toBeGreaterThan(0.9 * heard.length);
      expect(Math.abs(heard.length - said.length)).toBeLessThan(0.1 * said.length + 2);
    }
  }
}, 300_000);

test('what is said is recorded bit for bit, stands live, and in the end as in an import of the same sound', async () => {
  const studio = await openStudio({ launchEngine: forkEngine });
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
  const wav = await make(join(temporaryFolder(), 'same.wav'), '-i', RECORDINGS.memo, '-ar', String(RATE));
  const imported = await queue.addFile(wav, PLAIN_IMPORT, job.options, null);
  await queue.idle();
  const finalWords = async (id: string) =>
    await wordsOfVersion(workspace, (await database.edits.text(id))?.machineVersionId ?? '');
  expect(await finalWords(recordingId)).toEqual(await finalWords(imported.recordingId));
}, 240_000);
