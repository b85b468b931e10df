import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EditableSegment } from '../../contract/views.ts';
import { assertSameTextAfterKill, segmentsOf, transcribed } from '../testing/killed-retranscription.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import { heardIn, SAMPLE_OPTIONS } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';
import { TranscriptEditor } from '../transcripts/transcript-editor.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';

/** Of the bilingual recording: “¿Quiere Ana revisar el documento? No, gracias.”, which as English ends in `document?`. */
const SPANISH_TURN = { startMs: 30_200, endMs: 34_500, words: /revisar el documento\?/ };

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

const outside = (segments: readonly EditableSegment[], startMs: number, endMs: number) =>
  segments.filter((segment) => segment.endMs <= startMs || segment.startMs >= endMs);

describe('a passage that was heard in the wrong language', () => {
  test('is heard in its own; edits elsewhere and the earlier version stay as they were', {
    timeout: SLOW_MS,
  }, async () => {
    const { workspace, jobId, recordingId } = await transcribed(queue, RECORDINGS.bilingual);
    const { database } = workspace;
    const before = await segmentsOf(workspace, recordingId);
    const machine = await heardIn(workspace, jobId);
    const [first] = before;
    await new TranscriptEditor(database).edit(recordingId, [first?.id ?? ''], ['A corrected beginning.']);
    const edited = await segmentsOf(workspace, recordingId);

    const { startMs: fromMs, endMs: toMs } = SPANISH_TURN;
    const options = { ...SAMPLE_OPTIONS, language: 'es' };
    const again = await workspace.queue.addRange(recordingId, options, { startMs: fromMs, endMs: toMs });
    await workspace.queue.idle();
    const { range: span, state } = await job(workspace, again);
    expect(state).toBe('done');
    const renewed = await queue.log.nth('rangeRetranscribed');
    expect(renewed.version).toMatchObject({ earlierNumber: 2 });

    const after = await segmentsOf(workspace, recordingId);
    const startMs = span?.startMs ?? 0;
    const endMs = span?.endMs ?? 0;
    const text = after.filter((s) => s.startMs >= startMs && s.endMs <= endMs).map((s) => s.text);
    expect(text.join(' ')).toMatch(SPANISH_TURN.words);
    expect(edited.map((s) => s.text).join(' ')).not.toMatch(SPANISH_TURN.words);
    expect(outside(after, startMs, endMs)).toEqual(outside(edited, startMs, endMs));
    expect(after[0]?.text).toBe('A corrected beginning.');
    expect(await heardIn(workspace, jobId)).toEqual(machine);
    await assertWhole(workspace);
  });
});

describe('a stretch in which no speech was found', () => {
  test('is given to the engine when asked for, and is no longer said to be skipped', {
    timeout: SLOW_MS,
  }, async () => {
    // Eight seconds so quiet that no voice activity is detected.
    const quiet = await make(
      join(queue.folder, 'quiet.flac'),
      '-i',
      RECORDINGS.memo,
      '-af',
      "volume=enable='between(t,6,15)':volume=0.002",
    );
    const { workspace, recordingId } = await transcribed(queue, quiet);
    const before = await transcriptView(workspace.database, recordingId);
    const [range, ...others] = before.skipped;
    expect(others).toEqual([]);
    if (range === undefined) throw new Error('nothing was skipped');

    await workspace.queue.addRange(recordingId, { ...SAMPLE_OPTIONS, keepSilence: true }, range);
    await workspace.queue.idle();
    const after = await transcriptView(workspace.database, recordingId);
    expect(after.skipped).toEqual([]);
    const found = after.segments.filter(({ id }) => !before.segments.some((segment) => segment.id === id));
    expect(found.length).toBeGreaterThan(0);
    for (const { startMs, endMs, flags } of found) {
      expect(flags).toContain('improbable');
      expect([startMs >= range.startMs - 240, endMs <= range.endMs + 240]).toEqual([true, true]);
    }
  });
});

describe('a transcription that is begun again from a place', () => {
  test('takes the place of the one that runs, and keeps what that has finished before', {
    timeout: SLOW_MS,
  }, async () => {
    const source = await make(join(queue.folder, 'hearing.flac'), '-t', '100', '-i', RECORDINGS.hearing);
    const workspace = await queue.started();
    const first = await queue.add(workspace, source);
    await queue.log.nth('segmentsCommitted', 2);
    const { recordingId } = await job(workspace, first);
    const kept = await transcriptView(workspace.database, recordingId);
    const from = kept.segments.at(-1)?.startMs ?? 0;
    await workspace.queue.addRange(recordingId, SAMPLE_OPTIONS, { startMs: from, endMs: null });
    await workspace.queue.idle();

    expect((await job(workspace, first)).state).toBe('cancelled');
    const view = await transcriptView(workspace.database, recordingId);
    expect(view.complete).toBe(true);
    const before = kept.segments.slice(0, -1);
    expect(view.segments.slice(0, before.length)).toEqual(before);
    expect(view.segments.at(-1)?.endMs).toBeGreaterThan(90_000);
    await assertWhole(workspace);
  });

  test('leaves a passage that is waiting, and takes the place of what was to go to the end', async () => {
    const { workspace, recordingId } = await transcribed(queue, RECORDINGS.memo);
    const waiting = await queue.restarted(workspace);
    await waiting.queue.close();
    const passage = await waiting.queue.addRange(recordingId, SAMPLE_OPTIONS, { startMs: 0, endMs: 4000 });
    const rest = await waiting.queue.addRange(recordingId, SAMPLE_OPTIONS, { startMs: 9000, endMs: null });
    await waiting.queue.addRange(recordingId, SAMPLE_OPTIONS, { startMs: 5000, endMs: null });
    expect([await job(waiting, passage), await job(waiting, rest)].map(({ state }) => state)).toEqual([
      'queued',
      'cancelled',
    ]);
    const again = await queue.restarted(waiting);
    await again.queue.idle();
    expect(queue.log.all('rangeRetranscribed').map(({ span }) => span.endMs === null)).toEqual([false, true]);
    expect((await transcriptView(again.database, recordingId)).versionNumber).toBeGreaterThan(2);
    await assertWhole(again);
  });

  test('of a text that is not finished no single passage can be heard anew', async () => {
    const workspace = await queue.started();
    const jobId = await queue.add(workspace);
    await queue.log.nth('segmentsCommitted');
    const { recordingId } = await job(workspace, jobId);
    await workspace.queue.cancel(jobId);
    await expect(
      workspace.queue.addRange(recordingId, SAMPLE_OPTIONS, { startMs: 0, endMs: 1000 }),
    ).rejects.toMatchObject({ code: 'transcript.unfinished' });
  });
});

// retranscribe.soak.test.ts kills at the other points of one.
test(
  'a stretch whose process is killed at rerun.completed gives the same text as undisturbed',
  async () => {
    await assertSameTextAfterKill(queue, 'rerun.completed');
  },
  SLOW_MS,
);
