import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../contract/audio.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import type { Workspace } from '../testing/test-workspace.ts';
import { openEphemeral, PLAIN_IMPORT } from '../testing/test-workspace.ts';

let folder: string;
let workspace: Workspace;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voicesync-import-test-'));
  workspace = await openEphemeral(join(folder, 'vaults'));
});
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** Start of the audio signal, in seconds; the length if there is none. */
function begins(samples: Int16Array): number {
  const first = samples.findIndex((sample) => sample !== 0);
  return (first < 0 ? samples.length : first) / SAMPLE_RATE;
}

test('a call that begins late keeps its place, and what its channels are is told by its sound', async () => {
  const late = ['-output_ts_offset', '200', '-c:a', 'flac'];
  const path = await make(join(folder, 'late.mkv'), '-i', RECORDINGS.call, ...late);
  const recordingId = await workspace.imports.add(path, PLAIN_IMPORT);
  await workspace.imports.settled(recordingId, 'auto');
  const recording = await workspace.database.recordings.get(recordingId);
  expect(recording).toMatchObject({ state: 'ready', layout: 'speakers', channels: 2 });
  expect(recording.durationMs).toBeGreaterThan(245_000);
  const reader = new WorkingCopyReader(workspace.vault, workspace.database, recordingId);
  const first = await reader.read(0, 0, recording.durationMs ?? 0);
  await reader.close();
  expect(begins(first)).toBeGreaterThanOrEqual(200);
  expect(begins(first)).toBeLessThan(205);
});

test('a recording of nothing but silence is a recording', async () => {
  const silence = ['-f', 'lavfi', '-t', '3', '-i', 'anullsrc=r=16000:cl=stereo'];
  const path = await make(join(folder, 'silence.wav'), ...silence);
  const recordingId = await workspace.imports.add(path, PLAIN_IMPORT);
  await workspace.imports.settled(recordingId, 'auto');
  expect(await workspace.database.recordings.get(recordingId)).toMatchObject({
    state: 'ready',
    durationMs: 3000,
  });
});

test('a source that an earlier run began to read, and that is read again already, is not taken in twice', async () => {
  const { imports, database } = workspace;
  const path = RECORDINGS.memo;
  const first = await imports.add(path, PLAIN_IMPORT);
  await imports.settled(first, 'auto');
  const begun = { ...(await database.recordings.get(first)), id: randomUUID() };
  await database.recordings.add(begun);
  const resumed = imports.resume(begun.id);
  const [taken, another] = [await imports.add(path, PLAIN_IMPORT), await imports.add(path, PLAIN_IMPORT)];
  await resumed;
  expect(taken).toBe(begun.id);
  // Who adds it again wants it twice.
  expect([begun.id, first]).not.toContain(another);
  for (const id of [taken, another]) await imports.settled(id, 'auto');
  expect((await database.recordings.get(taken)).state).toBe('ready');
});
