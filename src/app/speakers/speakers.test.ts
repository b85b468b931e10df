import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Segment } from '../../contract/transcript.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import { addJob, addRecording, addVersion } from '../../core/database/testing/test-database.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import type { Diarization } from '../../core/speakers/speaker-turns.ts';
import {
  type SyntheticTurn,
  syntheticPart,
  syntheticVoice,
} from '../../core/speakers/testing/synthetic-voices.ts';
import { openEphemeral, type Workspace } from '../testing/test-workspace.ts';

/** Two people, by turns, ten seconds each. */
const TALK: readonly SyntheticTurn[] = [0, 1, 2, 3].map((turn) => ({
  ...{ startMs: turn * 10_000, endMs: turn * 10_000 + 9_000, voice: turn % 2 },
}));

const END_MS = 40_000;

let workspace: Workspace;
let recordingId: string;
let jobId: string;
let versionId: string;

beforeEach(async () => {
  workspace = await openEphemeral(temporaryFolder());
  const { database } = workspace;
  recordingId = await addRecording(database, 'talk.wav');
  const layout = { layout: 'single', channels: 1, durationMs: END_MS } as const;
  const facts = { state: 'ready', sourceSha256: null, original: null, atMs: 1 } as const;
  await database.recordings.finishImport({ recordingId, ...layout, ...facts });
  jobId = await addJob(database, recordingId);
  versionId = await addVersion(database, recordingId, jobId);
});

afterEach(() => workspace.close());

/** A segment of a word a second, from one second up to another. */
function said(from: number, to: number): Segment {
  const words = Array.from({ length: to - from }, (_, i) => ({
    ...{
      startMs: (from + i) * 1000 + 100,
      endMs: (from + i) * 1000 + 800,
      text: `w${from + i}`,
      confidence: 1,
    },
  }));
  const text = words.map((word) => word.text).join(' ');
  const times = { startMs: from * 1000, endMs: to * 1000 };
  return { ...times, text, speaker: null, language: 'en', confidence: 1, flags: [], words };
}

async function hear(segments: readonly Segment[]): Promise<void> {
  const place = { jobId, channel: 0, windowIndex: 0 };
  await workspace.database.windows.plan({ ...place, plan: { pieces: [], language: null } });
  const findings = { language: null, notUnderstood: [] };
  const figures = { inferenceMs: 1, completedAtMs: 2, findings };
  await workspace.database.windows.complete({ ...place, versionId, segments, ...figures });
}

const DIARIZATION: Diarization = {
  turns: TALK.map(({ voice, ...span }) => ({ ...span, speaker: voice, certainty: 1 })),
  speakers: [0, 1].map((voice) => ({ embedding: syntheticVoice(voice), speechMs: 18_000, known: null })),
};

const told = (diarization = DIARIZATION) =>
  workspace.database.speakerTexts.keep({ recordingId, count: null, diarization, atMs: 1 });

const label = () => workspace.database.speakerTexts.label({ versionId, atMs: 5 });

async function current(): Promise<{ id: string; speaker: string | null; text: string }[]> {
  const { database } = workspace;
  const version = await database.versions.latest(recordingId);
  const found: { id: string; speaker: string | null; text: string }[] = [];
  for await (const { id, segment } of eachSegment(database, version?.id ?? '')) {
    found.push({ id, speaker: segment.speaker, text: segment.text });
  }
  return found;
}

const speakersOf = async () => (await current()).map(({ speaker }) => speaker);

describe('speakers put into a text before it is finished', () => {
  test('split a segment where the speaker changes; the first part keeps its id, and no word is lost', async () => {
    await hear([said(0, 5), said(5, 20), said(20, 40)]);
    const before = await current();
    await told();
    expect(await label()).toBe(true);

    const after = await current();
    expect(after.map(({ speaker }) => speaker)).toEqual([
      'Speaker 1',
      'Speaker 1',
      'Speaker 2',
      'Speaker 1',
      'Speaker 2',
    ]);
    expect(after.map(({ text }) => text).join(' ')).toBe(before.map(({ text }) => text).join(' '));
    expect(before.map(({ id }) => id)).toEqual([after[0]?.id, after[1]?.id, after[3]?.id]);
    expect(await label()).toBe(false);
    expect(await current()).toEqual(after);
  });

  test('are left out where only one person is heard', async () => {
    await hear([said(0, 20)]);
    const before = await current();
    const [speaker] = DIARIZATION.speakers;
    const turns = [{ startMs: 0, endMs: 20_000, speaker: 0, certainty: 1 }];
    await told({ turns, speakers: speaker === undefined ? [] : [speaker] });
    expect(await label()).toBe(false);
    expect(await current()).toEqual(before);
  });

  test('reach what the user has edited meanwhile as one edit, but not whom the user has named', async () => {
    await hear([said(0, 9), said(10, 19), said(20, 29), said(30, 39)]);
    const [first, second, third] = await current();
    const { editor } = workspace.app.transcripts;
    await editor.edit(recordingId, [first?.id ?? ''], ['corrected words']);
    await editor.edit(recordingId, [second?.id ?? ''], ['more of them']);
    await editor.assignSpeaker(recordingId, [third?.id ?? ''], 'Bob');
    await told();
    expect(await label()).toBe(true);
    // Bob's one paragraph tells whose voice that is.
    expect(await speakersOf()).toEqual(['Bob', 'Speaker 1', 'Bob', 'Speaker 1']);
    expect((await current()).slice(0, 2).map(({ text }) => text)).toEqual([
      'corrected words',
      'more of them',
    ]);
    await editor.undo(recordingId);
    expect(await speakersOf()).toEqual([null, null, 'Bob', 'Speaker 1']);
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    expect((await current()).map(({ text }) => text.split(' ')[0])).toEqual(['w0', 'w10', 'w20', 'w30']);
  });

  test('a letter that is on its way while a segment is split leaves no word twice', async () => {
    await hear([said(0, 20)]);
    const [only] = await current();
    await told();
    await label();
    expect(await current()).toHaveLength(2);
    await workspace.app.transcripts.editor.edit(recordingId, [only?.id ?? ''], [`${only?.text}!`]);
    expect((await current()).map(({ text }) => text)).toEqual([`${only?.text}!`]);
  });
});

describe('a finished text', () => {
  beforeEach(async () => {
    await hear([said(0, 9), said(10, 19), said(20, 29), said(30, 39)]);
    await told();
    await label();
    const { database } = workspace;
    await database.versions.finish({ versionId, completedAtMs: 6 });
    const voices = await syntheticPart(TALK, END_MS);
    await database.speakerParts.keep({ recordingId, partIndex: 0, voices });
  });

  test('tells who speaks when, and how much', async () => {
    const view = await workspace.app.speakers.overview(recordingId);
    expect(view).toMatchObject({ by: 'voices', count: null, canRecount: true, recognised: [] });
    expect(view.lanes.map(({ speaker, talkMs }) => [speaker, talkMs])).toEqual([
      ['Speaker 1', 18_000],
      ['Speaker 2', 18_000],
    ]);
  });

  test('gets another number of speakers as one edit, with one undo', async () => {
    const { speakers, transcripts } = workspace.app;
    const one = { speakers: 1, isLimit: false };
    expect(await speakers.recount(recordingId, one)).toEqual({ changed: true, speakers: 1 });
    expect(await speakersOf()).toEqual(Array(4).fill('Speaker 1'));
    expect((await speakers.overview(recordingId)).count).toEqual(one);
    await transcripts.editor.undo(recordingId);
    expect(await speakersOf()).toEqual(['Speaker 1', 'Speaker 2', 'Speaker 1', 'Speaker 2']);
  });

  test('shows the number that its text was told apart by, after each undo and redo', async () => {
    const { speakers, transcripts } = workspace.app;
    const exactly = (people: number) => ({ speakers: people, isLimit: false });
    const shown = async () => (await speakers.overview(recordingId)).count;
    await speakers.recount(recordingId, exactly(1));
    await speakers.recount(recordingId, exactly(2));
    await transcripts.editor.renameSpeaker(recordingId, 'Speaker 2', 'Anna');
    await transcripts.editor.undo(recordingId);
    expect(await shown()).toEqual(exactly(2));
    await transcripts.editor.undo(recordingId);
    expect(await shown()).toEqual(exactly(1));
    await transcripts.editor.undo(recordingId);
    expect(await shown()).toBeNull();
    await transcripts.editor.redo(recordingId);
    expect([await shown(), await speakersOf()]).toEqual([exactly(1), Array(4).fill('Speaker 1')]);
    // What follows an undone number begins from the one that is shown.
    await speakers.recount(recordingId, { speakers: 4, isLimit: true });
    await transcripts.editor.undo(recordingId);
    expect(await shown()).toEqual(exactly(1));
  });

  test('keeps the names that users gave, and whom they put where', async () => {
    const { speakers, transcripts } = workspace.app;
    await transcripts.editor.renameSpeaker(recordingId, 'Speaker 2', 'Anna');
    const third = (await current())[2]?.id ?? '';
    await transcripts.editor.assignSpeaker(recordingId, [third], 'Anna');
    await speakers.recount(recordingId, { speakers: 2, isLimit: false });
    expect(await speakersOf()).toEqual(['Speaker 1', 'Anna', 'Anna', 'Anna']);
  });

  test('gives a stretch that is transcribed again its speakers, under the names that they have by then', async () => {
    const { database, app } = workspace;
    await app.transcripts.editor.renameSpeaker(recordingId, 'Speaker 2', 'Anna');
    const again = await addJob(database, recordingId);
    const range = { startMs: 5_000, endMs: 19_500 };
    const about = {
      recordingId,
      jobId: again,
      kind: 'machine',
      parentId: versionId,
      createdAtMs: 7,
    } as const;
    const heard = await database.versions.create({ id: crypto.randomUUID(), ...about });
    const place = { jobId: again, channel: 0, windowIndex: 0 };
    await database.windows.plan({ ...place, plan: { pieces: [], language: null } });
    const findings = { language: null, notUnderstood: [] };
    const figures = { inferenceMs: 1, completedAtMs: 2, findings };
    await database.windows.complete({ ...place, versionId: heard.id, segments: [said(5, 19)], ...figures });

    expect(await database.speakerTexts.label({ versionId: heard.id, atMs: 8 })).toBe(false);
    await database.retranscriptions.complete({ versionId: heard.id, range, atMs: 9 });
    expect((await current()).map(({ speaker, text }) => [speaker, text.split(' ')[0]])).toEqual([
      ['Speaker 1', 'w0'],
      ['Speaker 1', 'w5'],
      ['Anna', 'w10'],
      ['Speaker 1', 'w20'],
      ['Anna', 'w30'],
    ]);
  });

  test('leaves two speakers one who the user said are the same, in what comes later', async () => {
    const { database, app } = workspace;
    await app.transcripts.editor.renameSpeaker(recordingId, 'Speaker 2', 'Speaker 1');
    const [first] = await current();
    await app.transcripts.editor.assignSpeaker(recordingId, [first?.id ?? ''], null);
    expect(await database.speakerTexts.labelRest({ recordingId, atMs: 9 })).toBe(true);
    expect(await speakersOf()).toEqual(Array(4).fill('Speaker 1'));
  });

  test('splits a speaker in whom two voices are, as one edit', async () => {
    const { speakers, transcripts } = workspace.app;
    await speakers.recount(recordingId, { speakers: 1, isLimit: false });
    const found = await speakers.split(recordingId, 'Speaker 1');
    expect(found).toEqual({ changed: true, speakers: ['Speaker 1', 'Speaker 2'] });
    const [a, b, c, d] = await speakersOf();
    expect([a === c, b === d, a === b]).toEqual([true, true, false]);
    expect(await speakers.split(recordingId, 'Speaker 1')).toEqual({
      changed: false,
      speakers: ['Speaker 1'],
    });
    await transcripts.editor.undo(recordingId);
    expect(await speakersOf()).toEqual(Array(4).fill('Speaker 1'));
  });

  test('finds the paragraphs with the voice of one that was corrected', async () => {
    const { speakers, transcripts } = workspace.app;
    await speakers.recount(recordingId, { speakers: 1, isLimit: false });
    const [, second, , fourth] = await current();
    await transcripts.editor.assignSpeaker(recordingId, [second?.id ?? ''], 'Anna');
    const asked = { recordingId, segments: [second?.id ?? ''], speaker: 'Anna' };
    const similar = await speakers.similar(asked);
    expect(similar.map(({ id, speaker }) => [id, speaker])).toEqual([[fourth?.id, 'Speaker 1']]);
  });
});

test('what a machine of an earlier release left cannot be counted anew without its sound', async () => {
  await hear([said(0, 9)]);
  const { speakers } = workspace.app;
  expect((await speakers.overview(recordingId)).canRecount).toBe(false);
  await expect(speakers.recount(recordingId, null)).rejects.toMatchObject({ code: 'speakers.notHeard' });
});
