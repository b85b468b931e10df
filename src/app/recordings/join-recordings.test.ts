import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SAMPLES_PER_MS } from '../../contract/audio.ts';
import { type FaultPoint, installFault } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { withoutGain } from '../../core/media/sound/gain.ts';
import { WorkingCopyReader } from '../../core/pipeline/working-copy-reader.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import type { Workspace } from '../testing/test-workspace.ts';
import { makeVault, openWorkspace, PLAIN_IMPORT, SAMPLE_OPTIONS } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';
import { TranscriptEditor } from '../transcripts/transcript-editor.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';

// Several runs of the engine in one test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

/** The cut in the memo: in a pause, and not at a whole number of milliseconds. */
const MEMO_CUT_S = 9.5003;

let files: string;
/** Made once: the memo in two, and the start of a hearing in two, each longer than a part of the working copy. */
let memo: [string, string];
let hearing: [string, string];

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
  const wav = ['-ac', '1', '-ar', '16000'];
  const at = String(MEMO_CUT_S);
  memo = [
    await make(join(files, 'memo_01.wav'), '-i', RECORDINGS.memo, '-t', at, ...wav),
    await make(join(files, 'memo_02.wav'), '-i', RECORDINGS.memo, '-ss', at, ...wav),
  ];
  hearing = [
    await make(join(files, 'hearing_01.wav'), '-i', RECORDINGS.hearing, '-t', '70.0003', ...wav),
    await make(join(files, 'hearing_02.wav'), '-i', RECORDINGS.hearing, '-ss', '70', '-t', '65', ...wav),
  ];
  return () => rm(files, { recursive: true, force: true });
});

let vault: string;
let workspace: Workspace;

beforeEach(async () => {
  vault = join(temporaryFolder(), 'vault');
  await makeVault(vault);
  workspace = await openWorkspace(vault);
  return async () => {
    installFault(null);
    await workspace.close();
  };
});

async function reopened(): Promise<void> {
  await workspace.close();
  workspace = await openWorkspace(vault);
}

/** Imports files, without transcribing them. */
async function imported(...paths: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const path of paths) {
    const id = await workspace.imports.add(path, PLAIN_IMPORT);
    await workspace.imports.settled(id, 'auto');
    ids.push(id);
  }
  return ids;
}

/** Imports files and transcribes them. */
async function transcribed(...paths: string[]): Promise<string[]> {
  await workspace.queue.start();
  const ids: string[] = [];
  for (const path of paths) {
    ids.push((await workspace.queue.addFile(path, PLAIN_IMPORT, SAMPLE_OPTIONS, null)).recordingId);
  }
  await workspace.queue.idle();
  return ids;
}

/** All samples of a channel of a recording. */
async function samplesOf(recordingId: string, channel = 0): Promise<Int16Array> {
  const { vault: open, database } = workspace;
  const { durationMs } = await database.recordings.get(recordingId);
  const reader = new WorkingCopyReader(open, database, recordingId);
  try {
    // A recording of one source may end within a millisecond.
    return await reader.read(channel, 0, (durationMs ?? 0) + 1);
  } finally {
    await reader.close();
  }
}

/** Number of samples in a WAV file. */
async function samplesIn(file: string): Promise<number> {
  const bytes = await readFile(file);
  return (bytes.length - bytes.indexOf('data') - 8) / 2;
}

/** The gain of each part of a recording's first channel. */
async function gainsOf(recordingId: string): Promise<number[]> {
  const parts = await workspace.database.parts.list({ recordingId, channel: 0 });
  return parts.map(({ gainDb }) => gainDb);
}

/** All samples of a channel of a recording of one gain, without it. */
async function recordedOf(recordingId: string, channel = 0): Promise<Float32Array> {
  const parts = await workspace.database.parts.list({ recordingId, channel });
  const [gainDb = 0, ...others] = parts.map((part) => part.gainDb);
  expect(others.every((other) => other === gainDb)).toBe(true);
  return withoutGain(await samplesOf(recordingId, channel), 0, { gainDb, beforeDb: gainDb });
}

/** The greatest difference of two arrays of samples. */
function farthest(sound: Int16Array | Float32Array, other: Int16Array | Float32Array): number {
  let most = 0;
  for (const [i, sample] of sound.entries()) most = Math.max(most, Math.abs(sample - (other[i] ?? 0)));
  return most;
}

async function sha256(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

const textOf = async (recordingId: string) =>
  (await transcriptView(workspace.database, recordingId)).segments.map(({ text }) => text);

describe('a recording that is joined of two', () => {
  test('sounds like both, one behind the other, to the sample', async () => {
    const ids = await imported(...hearing);
    const { recordingId, mixedDown } = await workspace.joining.join(ids, 'hearing.wav');

    const [first, second] = [await samplesIn(hearing[0]), await samplesIn(hearing[1])];
    expect(first % SAMPLES_PER_MS).not.toBe(0);
    const seam = Math.ceil(first / SAMPLES_PER_MS) * SAMPLES_PER_MS;
    const sound = await samplesOf(recordingId);
    const [gain = 0] = await gainsOf(recordingId);
    expect(await gainsOf(recordingId)).toEqual([gain, gain, gain]);
    for (const [index, from] of [0, seam].entries()) {
      const id = ids[index] ?? '';
      const own = (await samplesOf(id)).subarray(0, index === 0 ? first : second);
      const [ownGain = 0] = await gainsOf(id);
      const expected = own.map((sample) => Math.round(sample * 10 ** ((gain - ownGain) / 20)));
      expect(farthest(expected, sound.subarray(from, from + own.length))).toBeLessThanOrEqual(1);
    }
    const { parts } = await workspace.database.parts.count({ recordingId, channel: 0 });
    expect([parts, mixedDown]).toEqual([3, false]);
    await assertWhole(workspace);
  });

  test('names every source with its hash, its length and where it begins', async () => {
    const ids = await imported(...memo);
    await workspace.database.recordings.rename({ recordingId: ids[0] ?? '', name: 'Part A' });
    const { recordingId } = await workspace.joining.join(ids, 'memo.wav');

    const sources = await workspace.database.sources.ofRecording(recordingId);
    expect(sources).toMatchObject([
      {
        name: 'memo_01.wav',
        sourcePath: memo[0],
        sha256: await sha256(memo[0]),
        startMs: 0,
        durationMs: 9501,
      },
      { name: 'memo_02.wav', sourcePath: memo[1], sha256: await sha256(memo[1]), startMs: 9501 },
    ]);
    const recording = await workspace.database.recordings.get(recordingId);
    expect(recording).toMatchObject({ name: 'memo.wav', state: 'ready', sourceSha256: null });
    expect(recording.durationMs).toBe(9501 + (sources[1]?.durationMs ?? 0));
    for (const { originalObjectId, sha256: hash } of sources) {
      const object = await workspace.database.objects.get(originalObjectId ?? '');
      if (object === null) throw new Error('no original');
      const reader = await workspace.vault.objects.openReader(object);
      const original = createHash('sha256');
      for await (const bytes of reader.stream()) original.update(bytes);
      await reader.close();
      expect(original.digest('hex')).toBe(hash);
    }
    const entry = (await workspace.database.audit.about(['recording.joined'])).at(-1);
    expect(entry).toMatchObject({ subjectId: recordingId, detail: { recordings: ids } });
  });

  test('is whole without the others, and they without it', async () => {
    const ids = await imported(...memo);
    const { recordingId } = await workspace.joining.join(ids, 'memo.wav');
    const sound = await samplesOf(recordingId);
    const binned = await workspace.database.recordings.binnedBefore(Date.now());
    expect(binned.map(({ id }) => id).sort()).toEqual([...ids].sort());

    await workspace.app.recordings.erase(ids[0] ?? '');
    await assertWhole(workspace);
    expect(await samplesOf(recordingId)).toEqual(sound);

    const kept = await samplesOf(ids[1] ?? '');
    await workspace.app.recordings.erase(recordingId);
    await reopened();
    await assertWhole(workspace);
    expect(await samplesOf(ids[1] ?? '')).toEqual(kept);
    await workspace.app.recordings.erase(ids[1] ?? '');
    expect(await workspace.database.objects.allIds()).toEqual([]);
    await assertWhole(workspace);
  });

  test('can be joined with a third, and still names each file', async () => {
    const [first = '', second = '', third = ''] = await imported(...memo, hearing[1]);
    const pair = await workspace.joining.join([first, second], 'memo.wav');
    const { recordingId } = await workspace.joining.join([third, pair.recordingId], 'all.wav');
    const sources = await workspace.database.sources.ofRecording(recordingId);
    expect(sources.map(({ name, startMs }) => [name, startMs])).toEqual([
      ['hearing_02.wav', 0],
      ['memo_01.wav', 65_000],
      ['memo_02.wav', 74_501],
    ]);
    await assertWhole(workspace);
  });

  test('mixes its voices down where only one of the recordings has a channel for each', async () => {
    const ids = await imported(RECORDINGS.call, memo[0]);
    const [callId = '', memoId = ''] = ids;
    const call = [await recordedOf(callId, 0), await recordedOf(callId, 1)];
    const { recordingId, mixedDown } = await workspace.joining.join(ids, 'all');
    expect(mixedDown).toBe(true);
    expect(await workspace.database.recordings.get(recordingId)).toMatchObject({
      layout: 'mixed',
      channels: 1,
    });
    // A quantisation step is larger after a smaller gain.
    const sound = await recordedOf(recordingId);
    const mix = (call[0] ?? new Float32Array()).map((sample, i) => (sample + (call[1]?.[i] ?? 0)) / 2);
    expect(farthest(mix, sound)).toBeLessThan(4 / 32_768);
    const seamMs = (await workspace.database.sources.ofRecording(recordingId))[1]?.startMs ?? 0;
    const behind = sound.subarray(seamMs * SAMPLES_PER_MS);
    expect(farthest((await recordedOf(memoId)).subarray(0, behind.length), behind)).toBeLessThan(4 / 32_768);
  });
});

describe('the text of a joined recording', () => {
  test('is heard anew where the others had none yet: in order, with its times across the seam', async () => {
    const [whole = ''] = await transcribed(RECORDINGS.memo);
    const { queue, joining, database } = workspace;
    // Joined before any of them is done, however slow the machine.
    const release = queue.hold();
    const added: string[] = [];
    for (const file of memo) {
      added.push((await queue.addFile(file, PLAIN_IMPORT, SAMPLE_OPTIONS, null)).recordingId);
    }
    const { recordingId, textCarried } = await joining.join(added, 'memo.wav');
    release();
    await queue.idle();

    expect(textCarried).toBe(false);
    expect((await textOf(recordingId)).join(' ')).toBe((await textOf(whole)).join(' '));
    const [expected, heard] = [whole, recordingId].map((id) => transcriptView(database, id));
    const last = (await heard)?.segments.at(-1)?.startMs ?? 0;
    expect(Math.abs(last - ((await expected)?.segments.at(-1)?.startMs ?? 0))).toBeLessThan(300);
    // The unfinished jobs of the others wait, should they be restored from the bin.
    for (const id of added) {
      for (const { state } of await database.jobs.list({ recordingId: id })) {
        expect(['paused', 'done']).toContain(state);
      }
    }
  });

  test('is joined where all are finished: words, times, corrections, and each correction can be undone', async () => {
    const [first = '', second = ''] = await transcribed(...memo);
    const { database, joining } = workspace;
    const editor = new TranscriptEditor(database);
    const before = {
      first: await transcriptView(database, first),
      second: await transcriptView(database, second),
    };
    const idOf = (view: typeof before.first, at: number) => view.segments.at(at)?.id ?? '';
    await editor.edit(second, [idOf(before.second, -1)], ['the estoppel ends here.']);
    await editor.edit(first, [idOf(before.first, 0)], ['First sentence.', 'Second sentence.']);
    await editor.assignSpeaker(second, [idOf(before.second, 0)], 'Maria');
    await editor.edit(first, [idOf(before.first, -1)], ['undone again']);
    await editor.undo(first);
    const parts = [await transcriptView(database, first), await transcriptView(database, second)];

    const { recordingId, textCarried } = await joining.join([first, second], 'memo.wav');
    expect(textCarried).toBe(true);
    const joined = await transcriptView(database, recordingId);
    const shift = [0, 9501];
    const expected = parts.flatMap(({ segments }, part) =>
      segments.map(({ startMs, endMs, text, speaker, words }) => ({
        startMs: startMs + (shift[part] ?? 0),
        endMs: endMs + (shift[part] ?? 0),
        text,
        speaker,
        words: words.map((word) => ({
          ...word,
          startMs: word.startMs + (shift[part] ?? 0),
          endMs: word.endMs + (shift[part] ?? 0),
        })),
      })),
    );
    expect(
      joined.segments.map(({ startMs, endMs, text, speaker, words }) => {
        return { startMs, endMs, text, speaker, words };
      }),
    ).toEqual(expected);
    expect(joined).toMatchObject({ complete: true, canUndo: true, canRedo: false, versionKind: 'edited' });
    const hits = await database.search.find({ text: 'estoppel', limit: 5 });
    expect(hits.map((hit) => hit.recordingId)).toEqual([recordingId]);
    await assertWhole(workspace);

    // Undone through all of them in the order in which they were made, and redone.
    const steps: string[][] = [];
    for (let step = 0; step < 3; step += 1) {
      await editor.undo(recordingId);
      steps.push(await textOf(recordingId));
    }
    const machine = [...before.first.segments, ...before.second.segments].map(({ text }) => text);
    expect(steps[0]).toEqual(joined.segments.map(({ text }) => text));
    expect(steps[1]?.slice(0, 1)).toEqual(machine.slice(0, 1));
    expect(steps[2]).toEqual(machine);
    for (let step = 0; step < 3; step += 1) await editor.redo(recordingId);
    expect(await textOf(recordingId)).toEqual(joined.segments.map(({ text }) => text));
    await editor.edit(recordingId, [joined.segments.at(-1)?.id ?? ''], ['Edited once more.']);
    expect((await textOf(recordingId)).at(-1)).toBe('Edited once more.');

    const document = await latestDocument(database, await database.recordings.get(recordingId));
    expect(document.recording.sources.map(({ name }) => name)).toEqual(memo.map((file) => basename(file)));
    expect(document.complete).toBe(true);
    expect(document.segments.at(-1)?.text).toBe('Edited once more.');
  });

  test('never leaves a correction behind: what is not transcribed alike is not joined', async () => {
    const [first = ''] = await transcribed(memo[0]);
    const [second = ''] = await imported(memo[1]);
    const { database, joining } = workspace;
    const { segments } = await transcriptView(database, first);
    await new TranscriptEditor(database).edit(first, [segments[0]?.id ?? ''], ['a correction']);

    await expect(joining.join([first, second], 'memo.wav')).rejects.toMatchObject({
      code: 'recording.corrected',
      details: { name: 'memo_01.wav' },
    });
    expect((await database.recordings.list()).map(({ id, binnedAtMs }) => [id, binnedAtMs])).toEqual([
      [first, null],
      [second, null],
    ]);
    await assertWhole(workspace);
  });
});

describe('a join that fails', () => {
  const points: FaultPoint[] = ['object.chunk', 'object.sync', 'object.rename', 'object.syncFolder'];

  test.each(points)('at %s changes nothing, and succeeds the next time', async (point) => {
    const ids = await imported(...memo);
    for (const failing of [1, 3]) {
      let reached = 0;
      installFault((here) => {
        if (here === point) reached += 1;
        if (here === point && reached === failing) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      });
      await expect(workspace.joining.join(ids, 'memo.wav')).rejects.toMatchObject({ code: 'disk.full' });
      installFault(null);
      const recordings = await workspace.database.recordings.list();
      expect(recordings.map(({ id, binnedAtMs }) => [id, binnedAtMs])).toEqual(ids.map((id) => [id, null]));
      await assertWhole(workspace);
    }
    await workspace.joining.join(ids, 'memo.wav');
    await assertWhole(workspace);
  });

  test('because the vault is sealed meanwhile leaves the others as they were', async () => {
    const ids = await imported(...hearing);
    const sealing = Promise.withResolvers<void>();
    installFault((here) => {
      if (here === 'object.rename') sealing.resolve();
    });
    const joining = workspace.joining.join(ids, 'hearing.wav');
    const failed = expect(joining).rejects.toMatchObject({ code: 'vault.sealed' });
    await sealing.promise;
    installFault(null);
    await reopened();
    await failed;
    const recordings = await workspace.database.recordings.list();
    expect(recordings.map(({ id, binnedAtMs }) => [id, binnedAtMs])).toEqual(ids.map((id) => [id, null]));
    await assertWhole(workspace);
  });

  test('because an original is missing', async () => {
    const [first = '', second = ''] = await imported(...memo);
    const [source] = await workspace.database.sources.ofRecording(second);
    await workspace.vault.objects.remove([source?.originalObjectId ?? '']);
    await expect(workspace.joining.join([first, second], 'memo.wav')).rejects.toMatchObject({
      code: 'object.missing',
    });
    expect((await workspace.database.recordings.get(first)).binnedAtMs).toBeNull();
  });
});
