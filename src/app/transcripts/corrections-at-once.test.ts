import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EditableSegment } from '../../contract/views.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { transcriptView } from './transcript-view.ts';

let vault: TestDatabase;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

/** More segments than an edit reports one by one. */
const COUNT = 240;
/** Fewer. */
const PIECE = 60;

const TEXTS = Array.from(
  { length: COUNT },
  (_, index) => `the witness ${index} came in and ${index % 7} sat down`,
);

const step = fc.record({
  do: fc.constantFrom('speaker' as const, 'replace' as const, 'reword' as const, 'reset' as const),
  from: fc.nat(30),
  to: fc.integer({ min: COUNT - 30, max: COUNT }),
  word: fc.constantFrom('witness', 'came', 'sat', '3'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test('what an edit of hundreds of segments at once does is what it does to each of them, and so is its undoing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), async (steps) => {
      const whole = (await addTranscript(vault.db, TEXTS, 'whole.wav')).recordingId;
      const pieces = (await addTranscript(vault.db, TEXTS, 'pieces.wav')).recordingId;
      const original = await textOf(whole);
      const stages = [];
      for (const next of steps) {
        stages.push(await textOf(whole));
        await take(whole, next, COUNT);
        await take(pieces, next, PIECE);
        expect(nameless(await textOf(whole))).toEqual(nameless(await textOf(pieces)));
        expect(await found(whole)).toEqual(await found(pieces));
      }
      const final = await textOf(whole);
      await vault.db.tombstones.sweepAll();
      for (let stage = stages.pop(); stage !== undefined; ) {
        if ((await editor.undo(whole))?.length === 0) break;
        // An edit that changed nothing was none.
        while (stage !== undefined && !isSame(stage, await textOf(whole))) stage = stages.pop();
        expect(stage).toBeDefined();
      }
      expect(await textOf(whole)).toEqual(original);
      expect(await found(whole)).toEqual(TEXTS.map((_, index) => index));
      while ((await editor.redo(whole))?.length !== 0);
      expect(await textOf(whole)).toEqual(final);
      expect(await vault.db.editSessions.verify()).toEqual([]);
      await vault.db.recordings.erase({ recordingId: whole, atMs: 1 });
      await vault.db.recordings.erase({ recordingId: pieces, atMs: 1 });
      expect(await vault.db.tombstones.areThere()).toBe(false);
    }),
    { numRuns: 5 },
  );
});

test('a text of which hundreds of segments were joined at once comes back as it was', async () => {
  const { recordingId } = await addTranscript(vault.db, TEXTS);
  await editor.assignSpeaker(recordingId, await keysOf(recordingId), 'A');
  const before = await textOf(recordingId);
  const emptied = ['all of it', ...TEXTS.slice(1).map(() => '')];
  expect(await editor.edit(recordingId, await keysOf(recordingId), emptied)).toBeNull();
  expect((await textOf(recordingId)).map(({ text }) => text)).toEqual(['all of it']);
  expect(await editor.undo(recordingId)).toBeNull();
  expect(await textOf(recordingId)).toEqual(before);
});

/** Performs a step in batches of this many segments. */
async function take(recordingId: string, { do: what, from, to, word }: Step, size: number): Promise<void> {
  const keys = (await keysOf(recordingId)).slice(from, to);
  for (let at = 0; at < keys.length; at += size) {
    const some = keys.slice(at, at + size);
    if (what === 'speaker') await editor.assignSpeaker(recordingId, some, word);
    if (what === 'replace') {
      const search = { find: word, matchCase: true, wholeWords: true };
      await editor.replaceAll(recordingId, search, 'the nurse', some);
    }
    if (what === 'reword') {
      const texts = (await textOf(recordingId)).slice(from, to).slice(at, at + size);
      await editor.edit(
        recordingId,
        some,
        texts.map(({ text }) => `${text.replace('in', 'out')} ${word}`),
      );
    }
    if (what === 'reset') await editor.reset(recordingId, some);
  }
}

async function textOf(recordingId: string): Promise<EditableSegment[]> {
  return (await transcriptView(vault.db, recordingId)).segments;
}

async function keysOf(recordingId: string): Promise<string[]> {
  return (await textOf(recordingId)).map(({ id }) => id);
}

function nameless(segments: readonly EditableSegment[]): Omit<EditableSegment, 'id'>[] {
  return segments.map(({ id: _id, ...rest }) => rest);
}

function isSame(a: readonly EditableSegment[], b: readonly EditableSegment[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Indexes of the segments found by a word that most of them have. */
async function found(recordingId: string): Promise<number[]> {
  const hits = await vault.db.search.find({ text: 'down', recordingId, limit: 1000 });
  return hits.map(({ startMs }) => startMs / 1000).sort((a, b) => a - b);
}
