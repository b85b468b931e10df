import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import { beginCapture, feed } from '../../core/capture/testing/capture-feed.ts';
import { LIVE_MAKING } from '../../core/database/testing/test-capture.ts';
import { segmentOf } from '../../core/database/testing/test-database.ts';
import { type FaultPoint, installFault } from '../../core/fault-points.ts';
import { ChildRun, timesReached } from '../testing/killed-run.ts';
import { samplesOf } from '../testing/samples-of.ts';
import { make, RECORDINGS, shortConversation } from '../testing/short-recordings.ts';
import { job, TestQueue } from '../testing/test-queue.ts';
import {
  heardIn,
  openEphemeral,
  SAMPLE_OPTIONS,
  textInto,
  type Workspace,
} from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';
import { LiveVersion } from '../transcripts/live-version.ts';
import { TranscriptEditor } from '../transcripts/transcript-editor.ts';
import { transcriptVersions } from '../transcripts/transcript-versions.ts';
import { transcriptView } from '../transcripts/transcript-view.ts';

let queue: TestQueue;

beforeEach(async () => {
  queue = await TestQueue.make();
});

afterEach(() => queue.remove());

interface Recorded {
  readonly recorder: CaptureRecorder;
  readonly recordingId: string;
  readonly jobId: string;
}

/** Records a file with these live words, each a second, while the queue is held; ends the session unless told otherwise. */
async function recorded(
  workspace: Workspace,
  source: string,
  words: readonly string[],
  delivered: string | null = null,
  afterwards: (recordingId: string) => Promise<void> = async () => undefined,
): Promise<Recorded> {
  const { database, emit } = { ...workspace, emit: queue.log.emit };
  const release = workspace.queue.hold();
  const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
  const { recordingId } = recorder;
  workspace.imports.follow(recorder.source);
  const live = await LiveVersion.begin({ database, emit }, { recordingId, making: LIVE_MAKING });
  const delivery = delivered === null ? null : textInto(delivered);
  const jobId = await workspace.queue.addCaptureJob(recordingId, SAMPLE_OPTIONS, delivery);
  await feed(recorder, await samplesOf(source, 16_000, 1));
  for (const [index, text] of words.entries()) await live.commit([segmentOf(text, index * 1000)]);
  await recorder.finish();
  await live.finish();
  await database.captures.end({ recordingId, state: 'done', endedAtMs: Date.now(), metrics: null });
  await afterwards(recordingId);
  release();
  return { recorder, recordingId, jobId };
}

async function texts({ database }: Workspace, recordingId: string): Promise<string[]> {
  return (await transcriptView(database, recordingId)).segments.map(({ text }) => text);
}

/** Nine seconds of the memo. */
function shortMemo(): Promise<string> {
  return make(join(queue.folder, 'short.wav'), '-t', '9', '-i', RECORDINGS.memo, '-ac', '1', '-ar', '16000');
}

describe('the final job of a capture', { timeout: 180_000 }, () => {
  test('makes the text that the same sound has as a file, in the place of the live text, and delivers it', async () => {
    const workspace = await queue.started();
    const source = await shortMemo();
    const { recordingId, jobId } = await recorded(workspace, source, ['so many words'], queue.folder);
    await workspace.queue.idle();
    const asFile = await queue.add(workspace, source);
    await workspace.queue.idle();

    expect(await heardIn(workspace, jobId)).toEqual(await heardIn(workspace, asFile));
    const { number } = (await workspace.database.versions.ofJob(jobId)) ?? {};
    expect(queue.log.all('finalTranscribed')).toEqual([
      expect.objectContaining({ recordingId, jobId, keptEdits: 0, version: { number, earlierNumber: 1 } }),
    ]);
    const after = await texts(workspace, recordingId);
    expect(after.join(' ')).not.toContain('so many');
    const [path] = queue.log.all('exported').map((event) => event.path);
    expect(await readFile(path ?? '', 'utf8')).toContain(after[0]);
    await assertWhole(workspace);
  });

  test('tells apart who speaks by their voices, in what it has transcribed and in what the user has changed', async () => {
    const workspace = await queue.started();
    const { database } = workspace;
    const source = await shortConversation(queue.folder);
    const words = Array.from({ length: 20 }, (_, second) => `word${second}`);
    const { recordingId } = await recorded(workspace, source, words, null, async (live) => {
      const { segments } = await transcriptView(database, live);
      const [mine, theirs] = [2, 11].map((second) => segments[second]?.id ?? '');
      const editor = new TranscriptEditor(database);
      await editor.edit(live, [mine ?? ''], ['my own words']);
      await editor.edit(live, [theirs ?? ''], ['what they said']);
    });
    await workspace.queue.idle();

    expect(await workspace.app.speakers.overview(recordingId)).toMatchObject({ by: 'voices', count: null });
    const { segments } = await transcriptView(database, recordingId);
    const speakersIn = (fromMs: number, untilMs: number) => [
      ...new Set(
        segments
          .filter(({ startMs, endMs }) => (startMs + endMs) / 2 >= fromMs && (startMs + endMs) / 2 < untilMs)
          .map(({ speaker }) => speaker),
      ),
    ];
    expect(speakersIn(0, 8_500)).toEqual(['Speaker 1']);
    expect(speakersIn(8_500, 20_000)).toEqual(['Speaker 2']);
    const own = segments.filter(({ edited }) => edited).map(({ speaker, text }) => `${speaker}: ${text}`);
    expect(own).toEqual(['Speaker 1: my own words', 'Speaker 2: what they said']);
    await assertWhole(workspace);
  });

  test('without live text is an ordinary job; so it is where no live word was heard', async () => {
    const workspace = await queue.started();
    const { recordingId, jobId } = await recorded(workspace, await shortMemo(), []);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
    expect(queue.log.all('finalTranscribed')).toEqual([]);
    const [only, ...others] = await transcriptVersions(workspace.database, recordingId);
    expect([only?.isCurrent, only?.model, others]).toEqual([true, SAMPLE_OPTIONS.model.name, []]);
  });

  test('that hears nothing leaves recording and live text, and tells it; the live text is delivered', async () => {
    const workspace = await queue.started();
    const noise = await make(join(queue.folder, 'short.wav'), '-t', '6', '-i', RECORDINGS.noise, '-ac', '1');
    const { recordingId, jobId } = await recorded(workspace, noise, ['so many words'], queue.folder);
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
    expect(await texts(workspace, recordingId)).toEqual(['so many words']);
    expect(queue.log.all('finalTranscribed').map(({ version }) => version)).toEqual([null]);
    const [path] = queue.log.all('exported').map((event) => event.path);
    expect(await readFile(path ?? '', 'utf8')).toContain('so many words');
    await assertWhole(workspace);
  });

  test('that fails leaves recording and live text', async () => {
    const workspace = await queue.started();
    installFault((point) => {
      if (point === 'window.transcribed') throw Object.assign(new Error('refused'), { code: 'EIO' });
    });
    const { recordingId, jobId } = await recorded(workspace, await shortMemo(), ['so many words']);
    await workspace.queue.idle();
    installFault(null);
    expect((await job(workspace, jobId)).state).toBe('failed');
    expect(await texts(workspace, recordingId)).toEqual(['so many words']);
    expect((await workspace.database.recordings.get(recordingId)).state).toBe('ready');
    // Tried again, it succeeds.
    await workspace.queue.retry(jobId);
    await workspace.queue.idle();
    expect((await texts(workspace, recordingId)).join(' ')).not.toContain('so many');
  });

  test('that fails early, without a vault, writes the live text once, when that is whole', async () => {
    const once = { delaysMs: [], space: null };
    const workspace = await openEphemeral(queue.folder, { emit: queue.log.emit, retryPolicy: once });
    const { database } = workspace;
    await workspace.queue.start();
    installFault((point) => {
      if (point === 'job.started') throw Object.assign(new Error('refused'), { code: 'EIO' });
    });
    const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
    const { recordingId } = recorder;
    workspace.imports.follow(recorder.source);
    const services = { database, emit: queue.log.emit };
    const live = await LiveVersion.begin(services, { recordingId, making: LIVE_MAKING });
    await live.commit([segmentOf('first', 0)]);
    await workspace.queue.addCaptureJob(recordingId, SAMPLE_OPTIONS, textInto(queue.folder));
    await expect.poll(() => queue.log.all('jobStarted').length).toBe(1);
    await feed(recorder, await samplesOf(await shortMemo(), 16_000, 1));
    expect(queue.log.all('exported')).toEqual([]);
    await live.commit([segmentOf('last', 1000)]);
    await recorder.finish();
    await live.finish();
    await database.captures.end({ recordingId, state: 'done', endedAtMs: Date.now(), metrics: null });
    await workspace.queue.idle();
    expect(queue.log.all('jobEnded').map(({ state }) => state)).toEqual(['failed']);
    const written = queue.log.all('exported').map(({ path }) => path);
    expect(written).toHaveLength(1);
    expect(await readFile(written[0] ?? '', 'utf8')).toMatch(/first[\s\S]*last/u);
    await workspace.close();
  });

  test('waits for the end of the session, whose last words are confirmed when the sound has ended', async () => {
    const workspace = await queue.started();
    const { database } = workspace;
    const recorder = await beginCapture(workspace, { sampleRate: 16_000 });
    const { recordingId } = recorder;
    workspace.imports.follow(recorder.source);
    const services = { database, emit: queue.log.emit };
    const live = await LiveVersion.begin(services, { recordingId, making: LIVE_MAKING });
    const jobId = await workspace.queue.addCaptureJob(recordingId, SAMPLE_OPTIONS, null);
    await live.commit([segmentOf('first', 0)]);
    await feed(recorder, await samplesOf(await shortMemo(), 16_000, 1));
    await recorder.finish();
    const windows = await expect.poll(() => queue.log.all('segmentsCommitted').length, { timeout: 60_000 });
    await windows.toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await job(workspace, jobId)).state).toBe('running');
    await live.commit([segmentOf('last', 1000)]);
    await live.finish();
    await database.captures.end({ recordingId, state: 'done', endedAtMs: Date.now(), metrics: null });
    await workspace.queue.idle();
    expect((await job(workspace, jobId)).state).toBe('done');
  });

  test.each(['job.assembled', 'window.committed'] as const)(
    'that is stopped at %s goes on at the next start, with edits kept and no window repeated',
    async (point: FaultPoint) => {
      const first = await queue.started({ retryPolicy: { delaysMs: [], space: null } });
      installFault((here) => {
        if (here === point) throw new Error('stopped');
      });
      const release = first.queue.hold();
      const { recordingId, jobId } = await recorded(first, await shortMemo(), ['so many words', 'more']);
      const [edited] = (await transcriptView(first.database, recordingId)).segments;
      await new TranscriptEditor(first.database).edit(recordingId, [edited?.id ?? ''], ['my own words']);
      release();
      await first.queue.idle();
      expect((await job(first, jobId)).state).toBe('failed');
      installFault(null);
      const second = await queue.restarted(first);
      await second.queue.retry(jobId);
      await second.queue.idle();
      expect((await job(second, jobId)).state).toBe('done');
      expect(await texts(second, recordingId)).toContain('my own words');
      const windows = await second.database.windows.list(jobId);
      const isLost = point === 'window.committed' ? 1 : 0;
      expect(queue.log.all('segmentsCommitted')).toHaveLength(windows.length - isLost);
      expect(await second.database.versions.verify()).toEqual([]);
      await assertWhole(second);
    },
  );

  test('whose process is killed as its text was merged is done at the next start, and merged once', {
    timeout: 180_000,
  }, async () => {
    const first = await queue.started({ freeMemory: () => 0 });
    first.queue.hold();
    const { recordingId, jobId } = await recorded(first, await shortMemo(), ['so many words', 'more']);
    const [edited] = (await transcriptView(first.database, recordingId)).segments;
    await new TranscriptEditor(first.database).edit(recordingId, [edited?.id ?? ''], ['my own words']);
    await queue.closed(first);
    const order = {
      ...{ vault: join(queue.folder, 'vault'), ephemeralParent: queue.folder, out: queue.folder },
      ...{ source: RECORDINGS.memo, options: SAMPLE_OPTIONS, log: join(queue.folder, 'log') },
    };
    const killAt = { point: 'final.merged' as const, count: 1 };
    expect(await new ChildRun({ ...order, killAt }).finished()).toBe(false);
    expect(await new ChildRun({ ...order, killAt: null }).finished()).toBe(true);
    expect(timesReached(order.log, 'final.merged')).toBe(1);
    const second = await queue.started();
    expect((await job(second, jobId)).state).toBe('done');
    expect(await texts(second, recordingId)).toContain('my own words');
    expect(await second.database.finalTranscripts.keptEdits({ recordingId })).toHaveLength(1);
    await assertWhole(second);
  });
});
