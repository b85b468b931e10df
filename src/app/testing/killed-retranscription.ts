import { join } from 'node:path';
import { expect } from 'vitest';
import type { EditableSegment } from '../../contract/views.ts';
import type { FaultPoint } from '../../core/fault-points.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';
import { ChildRun, timesReached } from './killed-run.ts';
import { make, RECORDINGS } from './short-recordings.ts';
import { job, type TestQueue } from './test-queue.ts';
import { SAMPLE_OPTIONS, type Workspace } from './test-workspace.ts';
import { assertWhole } from './vault-state.ts';

/** The retranscribed range, of ninety seconds. */
const SPAN = { startMs: 20_000, endMs: 75_000 };

/** Transcribes a recording in an open vault; the fixture model's language is English if none is named. */
export async function transcribed(queue: TestQueue, source: string, language = 'en') {
  const workspace = await queue.started();
  const jobId = await queue.add(workspace, source, { ...SAMPLE_OPTIONS, language });
  await workspace.queue.idle();
  const { recordingId, state } = await job(workspace, jobId);
  expect(state).toBe('done');
  return { workspace, jobId, recordingId };
}

/** The segments of a recording's text as sent to the window. */
export async function segmentsOf({ database }: Workspace, recordingId: string): Promise<EditableSegment[]> {
  return (await transcriptView(database, recordingId)).segments;
}

/** Kills a retranscription at the point, resumes in another process, and asserts the text of an uninterrupted one. */
export async function assertSameTextAfterKill(queue: TestQueue, point: FaultPoint): Promise<void> {
  const source = await make(join(queue.folder, 'hearing.flac'), '-t', '90', '-i', RECORDINGS.hearing);
  const { workspace, recordingId } = await transcribed(queue, source);
  const options = { ...SAMPLE_OPTIONS, language: 'auto' };
  await workspace.queue.addRange(recordingId, options, SPAN);
  await workspace.queue.idle();
  const undisturbed = textsOf(await segmentsOf(workspace, recordingId));
  const windows = (await workspace.database.windows.list((await queue.log.nth('rangeRetranscribed')).jobId))
    .length;

  const stopped = await queue.restarted(workspace);
  await stopped.queue.close();
  const jobId = await stopped.queue.addRange(recordingId, options, SPAN);
  await queue.closed(stopped);
  const order = {
    vault: join(queue.folder, 'vault'),
    ephemeralParent: queue.folder,
    source,
    out: queue.folder,
    options: SAMPLE_OPTIONS,
    log: join(queue.folder, 'log'),
  };
  expect(await new ChildRun({ ...order, killAt: { point, count: 1 } }).finished()).toBe(false);
  expect(await new ChildRun({ ...order, killAt: null }).finished()).toBe(true);

  const again = await queue.started();
  expect((await job(again, jobId)).state).toBe('done');
  expect(textsOf(await segmentsOf(again, recordingId))).toEqual(undisturbed);
  expect(timesReached(order.log, 'window.committed')).toBe(windows);
  await assertWhole(again);
}

/** Text and audio positions, without the segments' ids. */
function textsOf(segments: readonly EditableSegment[]) {
  return segments.map(({ startMs, endMs, text, speaker, words }) => ({
    startMs,
    endMs,
    text,
    speaker,
    words,
  }));
}
