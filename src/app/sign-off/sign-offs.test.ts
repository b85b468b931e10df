import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import { addJob, addRecording, addVersion } from '../../core/database/testing/test-database.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { transcriptDocument } from '../../core/transcripts/transcript-document.ts';
import { openEphemeral, type Workspace } from '../testing/test-workspace.ts';
import { Transcripts } from '../transcripts/transcripts.ts';
import { SignOffs } from './sign-offs.ts';

const TEXTS = ['The car was green.', 'It went north.', 'Then it stopped.'];

let workspace: Workspace;
let recordingId: string;
let signOffs: SignOffs;
let editor: Transcripts['editor'];

beforeEach(async () => {
  workspace = await openEphemeral(temporaryFolder());
  const { database } = workspace;
  recordingId = await addRecording(database, 'talk.wav');
  const layout = { layout: 'single', channels: 1, durationMs: 30_000 } as const;
  const facts = { state: 'ready', sourceSha256: null, original: null, atMs: 1 } as const;
  await database.recordings.finishImport({ recordingId, ...layout, ...facts });
  const jobId = await addJob(database, recordingId);
  const versionId = await addVersion(database, recordingId, jobId);
  const place = { jobId, channel: 0, windowIndex: 0 };
  await database.windows.plan({ ...place, plan: { pieces: [], language: null } });
  const findings = { language: null, notUnderstood: [] };
  const figures = { inferenceMs: 1, completedAtMs: 2, findings };
  await database.windows.complete({ ...place, versionId, segments: TEXTS.map(segment), ...figures });
  await database.versions.finish({ versionId, completedAtMs: 3 });
  signOffs = new SignOffs(database);
  ({ editor } = new Transcripts(database));
});

afterEach(() => workspace.close());

function segment(text: string, index: number): Segment {
  const startMs = index * 10_000;
  const words = text.split(' ').map((word, place) => ({
    ...{ startMs: startMs + place * 500, endMs: startMs + place * 500 + 400, text: word, confidence: 1 },
  }));
  const speaker = index === 1 ? 'Speaker 2' : 'Speaker 1';
  return { startMs, endMs: startMs + 5000, text, speaker, language: 'en', confidence: 1, flags: [], words };
}

async function ids(): Promise<string[]> {
  const version = await workspace.database.versions.latest(recordingId);
  const page = await workspace.database.segments.page({ versionId: version?.id ?? '', limit: 10 });
  return page.segments.map(({ id }) => id);
}

test('what was played is merged, kept within the recording, and told with the name', async () => {
  await signOffs.heard(recordingId, [{ startMs: 0, endMs: 10_000 }]);
  const played = await signOffs.heard(recordingId, [
    { startMs: 20_000, endMs: 99_000 },
    { startMs: 9_000, endMs: 15_000 },
  ]);
  expect(played).toEqual([
    { startMs: 0, endMs: 15_000 },
    { startMs: 20_000, endMs: 30_000 },
  ]);
  const signOff = await signOffs.check(recordingId, 'Rosa');
  expect(signOff).toMatchObject({ by: 'Rosa', percent: 83, changeCount: 0 });
  expect((await signOffs.view(recordingId)).usualName).toBe('Rosa');
});

test('changes of words and of speakers are told where they are, until they are undone', async () => {
  await signOffs.check(recordingId, 'Rosa');
  const [first = '', second = '', third = ''] = await ids();
  await editor.edit(recordingId, [first], ['The cab was green.']);
  await editor.assignSpeaker(recordingId, [second, third], 'Rosa');
  const { signOff } = await signOffs.view(recordingId);
  expect(signOff?.changes).toEqual([
    { segmentId: first, startMs: 0, what: 'words', before: 'car', now: 'cab' },
    { segmentId: second, startMs: 10_000, what: 'speaker', before: 'Speaker 2', now: 'Rosa' },
    { segmentId: third, startMs: 20_000, what: 'speaker', before: 'Speaker 1', now: 'Rosa' },
  ]);
  const version = await workspace.database.versions.latest(recordingId);
  const { checked } = await transcriptDocument(workspace.database, version?.id ?? '');
  expect(checked).toMatchObject({ by: 'Rosa', changedSince: true });
  await editor.undo(recordingId);
  await editor.undo(recordingId);
  expect((await signOffs.view(recordingId)).signOff?.changeCount).toBe(0);
  expect(await signOffs.takeBack(recordingId)).toBe(true);
  expect((await signOffs.view(recordingId)).signOff).toBeNull();
});
