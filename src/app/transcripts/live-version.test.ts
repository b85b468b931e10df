import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CoreEvent } from '../../contract/events.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import { addCapture, LIVE_MAKING } from '../../core/database/testing/test-capture.ts';
import {
  addJob,
  segmentOf,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { Arrivals } from './arrivals.ts';
import { LiveVersion } from './live-version.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { transcriptVersions } from './transcript-versions.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let told: AppEvent[];
let emit: (event: CoreEvent) => void;

beforeEach(async () => {
  vault = await testDatabase();
  told = [];
  const arrivals = new Arrivals(vault.db, (event) => told.push(event));
  emit = (event) => arrivals.take(event);
});
afterEach(() => vault[Symbol.asyncDispose]());

async function begun(): Promise<{ recordingId: string; live: LiveVersion }> {
  const recordingId = await addCapture(vault.db);
  const live = await LiveVersion.begin({ database: vault.db, emit }, { recordingId, making: LIVE_MAKING });
  return { recordingId, live };
}

async function texts(recordingId: string): Promise<string[]> {
  return (await transcriptView(vault.db, recordingId)).segments.map(({ text }) => text);
}

describe('the live text of a capture', () => {
  test('is the current text while it grows: readable, sent to an open window once, found by searches', async () => {
    const { recordingId, live } = await begun();
    expect(await texts(recordingId)).toEqual([]);
    const [first] = await live.commit([segmentOf('the knee is swollen', 500)]);
    await live.commit([segmentOf('since last Tuesday', 4000), segmentOf('no fever', 6000)]);

    const view = await transcriptView(vault.db, recordingId);
    expect(view.segments.map(({ text }) => text)).toEqual([
      'the knee is swollen',
      'since last Tuesday',
      'no fever',
    ]);
    expect(view.segments[0]).toMatchObject({ ...first });
    expect(view).toMatchObject({ complete: false, versionNumber: 1, language: 'en', transcribedMs: 6200 });
    await expect.poll(() => told.length).toBe(2);
    const arrived = told.map((event) => (event.type === 'segmentsArrived' ? event : null));
    expect(arrived.map((event) => event?.jobId)).toEqual([null, null]);
    expect(arrived.flatMap((event) => event?.segments ?? [])).toEqual(view.segments);
    expect((await vault.db.search.find({ text: 'swollen', limit: 10 })).length).toBe(1);
  });

  test('is edited while it grows: what comes later reaches the edited text', async () => {
    const { recordingId, live } = await begun();
    const [first] = await live.commit([segmentOf('the need is swollen', 500)]);
    const editor = new TranscriptEditor(vault.db);
    await editor.edit(recordingId, [first?.id ?? ''], ['the knee is swollen']);
    await live.commit([segmentOf('since last Tuesday', 4000)]);
    expect(await texts(recordingId)).toEqual(['the knee is swollen', 'since last Tuesday']);
    await live.finish();
    await editor.undo(recordingId);
    expect(await texts(recordingId)).toEqual(['the need is swollen', 'since last Tuesday']);
    expect((await transcriptView(vault.db, recordingId)).complete).toBe(true);
  });

  test('is a finished version of the machine in list, export and audit log, with the model that made it', async () => {
    const { recordingId, live } = await begun();
    await live.commit([segmentOf('the knee is swollen', 500)]);
    await live.setMaking({ ...LIVE_MAKING, detectedLanguage: 'de', languageProbability: 0.9 });
    await live.finish();
    await expect(live.commit([segmentOf('too late', 9000)])).rejects.toThrow();
    const [version] = await transcriptVersions(vault.db, recordingId);
    expect(version).toMatchObject({
      number: 1,
      kind: 'machine',
      model: 'tiny-live',
      language: 'de',
      complete: true,
    });
    const document = await latestDocument(vault.db, await vault.db.recordings.get(recordingId));
    expect(document).toMatchObject({ complete: true, model: { name: 'tiny-live' }, reruns: [] });
    expect(document.live).toMatchObject([
      { startMs: 0, endMs: document.recording.durationMs, model: { name: 'tiny-live' } },
    ]);
    expect(await vault.db.versions.verify()).toEqual([]);
    const entry = (await vault.db.audit.page({ afterSequence: 0, limit: 100 })).at(-1);
    expect(entry).toMatchObject({ action: 'version.finished', detail: { live: true } });
  });

  test('without a word is none: the version of the final job then stands by itself', async () => {
    const { recordingId, live } = await begun();
    const jobId = await addJob(vault.db, recordingId);
    const final = await vault.db.versions.create({
      ...{ id: crypto.randomUUID(), recordingId, jobId, kind: 'machine', createdAtMs: 2 },
      parentId: live.versionId,
    });
    await live.finish();
    expect((await vault.db.versions.latest(recordingId))?.id).toBe(final.id);
    expect(await vault.db.versions.get(live.versionId)).toBeNull();
    expect((await vault.db.captures.get(recordingId))?.liveVersionId).toBeNull();
  });

  test('that a dead process left is finished at the next opening, and its final job waits for the user', async () => {
    const { recordingId, live } = await begun();
    await live.commit([segmentOf('the knee is swollen', 500)]);
    const job = { recordingId, options: LIVE_MAKING.options, delivery: null, createdAtMs: 1 };
    await vault.db.liveTexts.addFinalJob({ id: crypto.randomUUID(), ...job });
    await vault.db.captures.recoverInterrupted();
    await vault.db.liveTexts.recoverInterrupted(5);
    expect((await transcriptView(vault.db, recordingId)).complete).toBe(true);
    expect((await vault.db.jobs.list({ recordingId })).map(({ state }) => state)).toEqual(['paused']);
    await vault.db.captures.end({ recordingId, state: 'done', endedAtMs: 9, metrics: null });
  });
});
