import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EditableSegment, TranscriptPatch } from '../../contract/views.ts';
import {
  addTranscript,
  addWindow,
  NO_FINDINGS,
  segmentOf,
  type TestDatabase,
  testDatabase,
} from '../../core/database/testing/test-database.ts';
import { latestDocument } from '../../core/transcripts/transcript-document.ts';
import { type Patches, TranscriptEditor } from './transcript-editor.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

const code = (expected: string) => expect.objectContaining({ code: expected });

async function textOf(recordingId: string): Promise<EditableSegment[]> {
  return (await transcriptView(vault.db, recordingId)).segments;
}

const texts = (segments: readonly EditableSegment[]) => segments.map(({ text }) => text);
const ids = (segments: readonly EditableSegment[]) => segments.map(({ id }) => id);

/** Applies patches as a window does. */
function patched(
  segments: readonly EditableSegment[],
  patches: readonly TranscriptPatch[] | null,
): EditableSegment[] {
  if (patches === null) throw new Error('too much has changed to be told');
  let current = [...segments];
  for (const { after, removed, inserted } of patches) {
    current = current.filter(({ id }) => !removed.includes(id));
    const at = after === null ? 0 : current.findIndex(({ id }) => id === after) + 1;
    current.splice(at, 0, ...inserted);
  }
  return current;
}

const THREE = ['the witness came in', 'she sat down there', 'and then she spoke'];

describe('a text without segments', () => {
  test('is begun by what is typed into it; that can be undone, and given back to the machine', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    await editor.edit(recordingId, ids(before), ['', '', '']);
    expect(await textOf(recordingId)).toEqual([]);

    const patches = await editor.edit(recordingId, [], ['Nothing was \n said.']);
    const begun = await textOf(recordingId);
    expect(patched([], patches)).toEqual(begun);
    expect(texts(begun)).toEqual(['Nothing was said.']);
    const { durationMs } = await vault.db.recordings.get(recordingId);
    expect(begun[0]).toMatchObject({ startMs: 0, endMs: durationMs ?? 0, speaker: null, edited: true });
    expect(begun[0]?.words.map(({ text }) => text)).toEqual(['Nothing', 'was', 'said.']);
    expect(
      (await latestDocument(vault.db, await vault.db.recordings.get(recordingId))).segments,
    ).toHaveLength(1);

    await editor.reset(recordingId, ids(begun));
    expect(await textOf(recordingId)).toEqual(before);
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual([]);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
  });

  test('is begun only once, and not by blanks', async () => {
    const { recordingId } = await addTranscript(vault.db, []);
    expect(await editor.edit(recordingId, [], ['  '])).toEqual([]);
    await editor.edit(recordingId, [], ['Nothing']);
    await expect(editor.edit(recordingId, [], ['else'])).rejects.toEqual(code('transcript.changed'));
    expect(texts(await textOf(recordingId))).toEqual(['Nothing']);
  });
});

describe('an edit', () => {
  test('keeps ids and untouched times, and leaves what the machine wrote', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const machine = await vault.db.segments.list(versionId);
    await editor.edit(recordingId, [ids(before)[1] ?? ''], ['she sat down here']);
    const after = await textOf(recordingId);
    expect(ids(after)).toEqual(ids(before));
    expect(after.map(({ edited }) => edited)).toEqual([false, true, false]);
    expect(after[1]?.words.slice(0, 3)).toEqual(before[1]?.words.slice(0, 3));
    expect(after[1]?.words[3]).toEqual({ ...before[1]?.words[3], text: 'here', confidence: 1 });
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
    expect(await vault.db.segments.list(versionId)).toEqual(machine);
  });

  test('joins and divides segments; one undo restores words, times and speakers, after a restart too', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const [first = '', second = '', third = ''] = ids(await textOf(recordingId));
    await editor.assignSpeaker(recordingId, [second], 'Judge');
    const before = await textOf(recordingId);
    await editor.edit(recordingId, [first, second, third], ['the witness spoke']);
    const [joined, ...none] = await textOf(recordingId);
    expect(none).toEqual([]);
    expect(joined).toMatchObject({
      id: first,
      text: 'the witness spoke',
      startMs: 0,
      endMs: before[2]?.endMs,
    });
    expect(joined?.words.map(({ startMs }) => startMs)).toEqual([0, 100, before[2]?.words[3]?.startMs]);

    await editor.edit(recordingId, [first], ['the', 'witness spoke']);
    expect(texts(await textOf(recordingId))).toEqual(['the', 'witness spoke']);
    editor = new TranscriptEditor(await vault.reopen());
    await editor.undo(recordingId);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
    await editor.redo(recordingId);
    expect(await textOf(recordingId)).toEqual([joined]);
  });

  test('that changes nothing is none; one of what is not there is refused and changes nothing', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const [first = '', second = ''] = ids(await textOf(recordingId));
    expect(await editor.edit(recordingId, [first], [' the witness  came in '])).toEqual([]);
    await editor.edit(recordingId, [first, second], ['one']);
    for (const keys of [[second], ['999999'], ['x'], [first, second]]) {
      await expect(editor.edit(recordingId, keys, ['other'])).rejects.toEqual(code('transcript.changed'));
    }
    expect(texts(await textOf(recordingId))).toEqual(['one', 'and then she spoke']);
  });

  test('empties segments, and an undo brings them back to their places', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const patches = await editor.edit(recordingId, ids(before).slice(1, 2), ['']);
    expect(patched(before, patches)).toEqual([before[0], before[2]]);
    expect(patched([before[0], before[2]] as EditableSegment[], await editor.undo(recordingId))).toEqual(
      before,
    );
  });

  test('of many segments is undone in one stretch, not one by one', async () => {
    const many = Array.from({ length: 90 }, (_, index) => `sentence ${index}`);
    const { recordingId } = await addTranscript(vault.db, many);
    const before = await textOf(recordingId);
    const gone = await editor.edit(
      recordingId,
      ids(before),
      many.map((_, index) => (index === 0 ? 'gone' : '')),
    );
    expect(texts(patched(before, gone))).toEqual(['gone']);
    const back = await editor.undo(recordingId);
    expect(back).toHaveLength(1);
    expect(patched(patched(before, gone), back)).toEqual(before);
  });

  test('makes what was undone impossible to redo', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const [first = '', second = ''] = ids(await textOf(recordingId));
    await editor.edit(recordingId, [first], ['one']);
    await editor.undo(recordingId);
    await editor.edit(recordingId, [second], ['two']);
    expect(await editor.redo(recordingId)).toEqual([]);
    expect(await transcriptView(vault.db, recordingId)).toMatchObject({ canUndo: true, canRedo: false });
  });

  test('typed in one go is one undo, however often it was stored, after a restart too', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const [first = '', second = ''] = ids(before);
    const place = { segmentId: first, offset: 3, scrollMs: 0, playheadMs: 700 };
    for (let length = 1; length <= 'the plaintiff'.length; length += 1) {
      const written = `${'the plaintiff'.slice(0, length)} came in`;
      await editor.edit(recordingId, [first], [written], { undoGroup: 'typing', place });
    }
    const typed = await textOf(recordingId);
    expect(await vault.db.viewStates.get(recordingId)).toEqual(place);
    await editor.edit(recordingId, [first, second], ['joined'], { undoGroup: 'typing' });
    await editor.edit(recordingId, [first], ['joined!'], { undoGroup: 'other' });
    const last = await textOf(recordingId);
    expect(
      await vault.db.edits.extent((await vault.db.versions.latest(recordingId))?.id ?? ''),
    ).toMatchObject({
      edits: 2,
    });
    editor = new TranscriptEditor(await vault.reopen());
    await editor.undo(recordingId);
    expect(texts(await textOf(recordingId))).toEqual(['joined', THREE[2]]);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
    expect(texts(typed)[0]).toBe('the plaintiff came in');
    await editor.redo(recordingId);
    await editor.redo(recordingId);
    expect(await textOf(recordingId)).toEqual(last);
  });

  test('as long as a book is undone with what was typed after it in one go', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const [first = ''] = ids(before);
    const long = 'word '.repeat(15_000).trim();
    await editor.edit(recordingId, [first], [long], { undoGroup: 'typing' });
    await editor.edit(recordingId, [first], [`${long} and`], { undoGroup: 'typing' });
    await editor.edit(recordingId, [first], [`${long} and more`], { undoGroup: 'typing' });
    const after = await textOf(recordingId);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
    await editor.redo(recordingId);
    expect(await textOf(recordingId)).toEqual(after);
  });

  test('is refused where nothing was transcribed', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    await expect(editor.edit('0198a000-0000-7000-8000-000000000000', ['1'], ['x'])).rejects.toEqual(
      code('recording.notFound'),
    );
    expect(texts(await textOf(recordingId))).toEqual(THREE);
  });
});

describe('an edited text', () => {
  test('is what is found, exported and named', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const find = async (text: string) =>
      (await vault.db.search.find({ text, limit: 9 })).map((hit) => hit.segmentId);
    const [, second = ''] = ids(await textOf(recordingId));
    await editor.edit(recordingId, [second], ['she fell asleep']);
    expect(await find('asleep')).toEqual([second]);
    expect(await find('sat')).toEqual([]);
    const recording = await vault.db.recordings.get(recordingId);
    const document = await latestDocument(vault.db, recording);
    expect(document.version).toMatchObject({ kind: 'edited', number: 2 });
    expect(document.segments.map(({ text }) => text)).toEqual([THREE[0], 'she fell asleep', THREE[2]]);
    await editor.undo(recordingId);
    expect(await find('asleep')).toEqual([]);
    expect(await find('sat')).toEqual([second]);
    expect((await latestDocument(vault.db, recording)).version.kind).toBe('machine');
  });

  test('gets the windows that are finished meanwhile', async () => {
    const { recordingId, jobId, versionId } = await addTranscript(vault.db, THREE);
    const [first = ''] = ids(await textOf(recordingId));
    await editor.edit(recordingId, [first], ['the witness entered']);
    await addWindow(vault.db, { jobId, versionId, windowIndex: 1 }, ['and went away']);
    expect(texts(await textOf(recordingId))).toEqual([
      'the witness entered',
      ...THREE.slice(1),
      'and went away',
    ]);
  });

  test('stays behind as a version when the recording is transcribed again', async () => {
    const { recordingId, versionId } = await addTranscript(vault.db, THREE);
    const [first = ''] = ids(await textOf(recordingId));
    await editor.edit(recordingId, [first], ['mine']);
    await vault.db.versions.finish({ versionId, completedAtMs: 5 });
    expect(texts(await textOf(recordingId))[0]).toBe('mine');
    const kinds = (await vault.db.versions.list(recordingId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['machine', 'edited']);
    expect(await vault.db.versions.verify()).toEqual([]);
  });
});

describe('speakers, replacing and resetting', () => {
  test('rename a speaker everywhere as one edit', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    await editor.assignSpeaker(recordingId, [ids(before)[0] ?? '', ids(before)[2] ?? ''], 'A');
    const patches = await editor.renameSpeaker(recordingId, 'A', 'Ms Jones');
    expect(patches).toHaveLength(2);
    const view = await transcriptView(vault.db, recordingId);
    expect(view.segments.map(({ speaker }) => speaker)).toEqual(['Ms Jones', null, 'Ms Jones']);
    expect(view.speakers).toEqual(['Ms Jones']);
    await editor.undo(recordingId);
    expect((await transcriptView(vault.db, recordingId)).speakers).toEqual(['A']);
  });

  test('who is given a speaker is certain from then on, also if it is the same; a new name is no certainty', async () => {
    const { recordingId, jobId, versionId } = await addTranscript(vault.db, []);
    const place = { jobId, channel: 0, windowIndex: 1 };
    await vault.db.windows.plan({ ...place, plan: { pieces: [], language: null } });
    const unsure = { speaker: 'A', flags: ['unsureSpeaker', 'overlap'] } satisfies Partial<EditableSegment>;
    const segments = THREE.map((text, index) => ({ ...segmentOf(text, index * 1000), ...unsure }));
    const times = { inferenceMs: 1, completedAtMs: 2 };
    await vault.db.windows.complete({ ...place, ...times, versionId, segments, findings: NO_FINDINGS });
    const before = await textOf(recordingId);
    const [first = '', second = ''] = ids(before);
    const told = async () => (await textOf(recordingId)).map(({ speaker, flags }) => [speaker, ...flags]);

    await editor.assignSpeaker(recordingId, [first], 'A');
    await editor.assignSpeaker(recordingId, [second], 'B');
    await editor.renameSpeaker(recordingId, 'A', 'Ms Jones');
    expect(await told()).toEqual([
      ['Ms Jones', 'overlap'],
      ['B', 'overlap'],
      ['Ms Jones', 'unsureSpeaker', 'overlap'],
    ]);
    for (let edits = 0; edits < 3; edits += 1) await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
  });

  test('replace all in one edit and count the places', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const search = { find: 'she', matchCase: false, wholeWords: true };
    const { count, patches } = await editor.replaceAll(recordingId, search, 'he', null);
    expect(count).toBe(2);
    expect(patched(before, patches)).toEqual(await textOf(recordingId));
    expect(texts(await textOf(recordingId))).toEqual([THREE[0], 'he sat down there', 'and then he spoke']);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(before);
  });

  test('give the machine’s text back to what was joined, and to nothing else', async () => {
    const { recordingId } = await addTranscript(vault.db, THREE);
    const before = await textOf(recordingId);
    const [first = '', second = '', third = ''] = ids(before);
    await editor.edit(recordingId, [first, second], ['joined']);
    await editor.edit(recordingId, [third], ['mine']);
    const edited = await textOf(recordingId);
    const patches = await editor.reset(recordingId, [first]);
    expect(patched(edited, patches)).toEqual(await textOf(recordingId));
    expect(texts(await textOf(recordingId))).toEqual([THREE[0], THREE[1], 'mine']);
    await editor.undo(recordingId);
    expect(await textOf(recordingId)).toEqual(edited);
  });
});

/** One user action, with numbers that choose its position. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('edit' as const),
    at: fc.nat(20),
    length: fc.integer({ min: 1, max: 4 }),
    texts: fc.array(fc.constantFrom('', 'one', 'the witness', 'she sat there', 'no'), { maxLength: 4 }),
    undoGroup: fc.constantFrom(undefined, 'a', 'b'),
  }),
  fc.record({
    do: fc.constant('speaker' as const),
    at: fc.nat(20),
    name: fc.constantFrom('A', 'B', null),
    undoGroup: fc.constantFrom(undefined, 'a', 'b'),
  }),
  fc.record({ do: fc.constant('rename' as const), name: fc.constantFrom('A', 'B') }),
  fc.record({ do: fc.constant('replace' as const), find: fc.constantFrom('she', 'the', 'no') }),
  fc.record({ do: fc.constant('reset' as const), at: fc.nat(20) }),
  fc.record({ do: fc.constant('undo' as const) }),
  fc.record({ do: fc.constant('redo' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function take(recordingId: string, segments: EditableSegment[], step: Step): Promise<Patches> {
  const keyAt = (at: number) => segments[at % segments.length]?.id ?? '';
  if (segments.length === 0 && step.do !== 'redo') return await editor.undo(recordingId);
  switch (step.do) {
    case 'edit': {
      const from = step.at % segments.length;
      const { texts: written, undoGroup } = step;
      return await editor.edit(recordingId, ids(segments).slice(from, from + step.length), written, {
        undoGroup,
      });
    }
    case 'speaker':
      return await editor.assignSpeaker(recordingId, [keyAt(step.at)], step.name, {
        undoGroup: step.undoGroup,
      });
    case 'rename':
      return await editor.renameSpeaker(recordingId, step.name, 'C');
    case 'replace': {
      const search = { find: step.find, matchCase: true, wholeWords: false };
      return (await editor.replaceAll(recordingId, search, 'he', null)).patches;
    }
    case 'reset':
      return await editor.reset(recordingId, [keyAt(step.at)]);
    case 'undo':
      return await editor.undo(recordingId);
    case 'redo':
      return await editor.redo(recordingId);
  }
}

/** Two that begin together change their order while each is replaced. */
const ONE_AFTER_THE_OTHER_MOVES: Step[] = [
  { do: 'edit', at: 3, length: 2, texts: ['she sat there'], undoGroup: undefined },
  { do: 'replace', find: 'she' },
];

test('any sequence of edits: patches lead to the stored text, undoing all to the original, redoing all back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { recordingId, jobId, versionId } = await addTranscript(vault.db, [
        ...THREE,
        'no further questions',
      ]);
      await addWindow(vault.db, { jobId, versionId, channel: 1 }, ['yes', 'no no', 'she left']);
      const original = await textOf(recordingId);
      let current = original;
      for (const next of steps) {
        current = patched(current, await take(recordingId, current, next));
        expect(withoutOverlaps(current)).toEqual(withoutOverlaps(await textOf(recordingId)));
      }
      while ((await editor.redo(recordingId))?.length !== 0);
      const final = await textOf(recordingId);
      while ((await editor.undo(recordingId))?.length !== 0);
      expect(await textOf(recordingId)).toEqual(original);
      while ((await editor.redo(recordingId))?.length !== 0);
      expect(await textOf(recordingId)).toEqual(final);
    }),
    { numRuns: 60, examples: [[ONE_AFTER_THE_OTHER_MOVES]] },
  );
});

/** Overlapping speech is marked over the whole text, when it is opened. */
function withoutOverlaps(segments: readonly EditableSegment[]): EditableSegment[] {
  return segments.map((segment) => ({
    ...segment,
    flags: segment.flags.filter((flag) => flag !== 'overlap'),
  }));
}
