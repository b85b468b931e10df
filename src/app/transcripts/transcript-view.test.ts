import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requests } from '../../contract/ipc.ts';
import { unpackSegments, unpackWords } from '../../contract/packed-segments.ts';
import { addTranscript, type TestDatabase, testDatabase } from '../../core/database/testing/test-database.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { openTranscript, transcriptView } from './transcript-view.ts';

const TEXTS = ['she said "no" \\ twice', 'and then — ¿qué? —', 'he sat down there', 'the end'];

let vault: TestDatabase;
let editor: TranscriptEditor;
beforeEach(async () => {
  vault = await testDatabase();
  editor = new TranscriptEditor(vault.db);
});
afterEach(() => vault[Symbol.asyncDispose]());

/** The segments as a window that opens the transcript gets them: outlines first, then the words. */
async function opened(recordingId: string) {
  const answer = await openTranscript(vault.db, recordingId);
  expect(requests['transcripts.open'].output.parse(answer)).toEqual(answer);
  const outlines = unpackSegments(answer.packedSegments);
  const keys = outlines.map(({ id }) => id);
  const words = unpackWords(await editor.packedWords(recordingId, keys));
  return outlines.map((outline) => ({ ...outline, words: words.get(outline.id) }));
}

describe('what crosses to the window', () => {
  test('is the whole text, as the machine wrote it and as it was edited', async () => {
    const { recordingId } = await addTranscript(vault.db, TEXTS);
    expect(await opened(recordingId)).toEqual((await transcriptView(vault.db, recordingId)).segments);

    const [first, second, third] = await opened(recordingId);
    await editor.edit(recordingId, [first?.id ?? ''], ['she said "yes"']);
    await editor.edit(recordingId, [second?.id ?? '', third?.id ?? ''], ['both in one']);
    await editor.assignSpeaker(recordingId, [first?.id ?? ''], 'Ms Jones');
    const edited = await opened(recordingId);
    expect(edited).toEqual((await transcriptView(vault.db, recordingId)).segments);
    expect(edited.map(({ text }) => text)).toEqual(['she said "yes"', 'both in one', 'the end']);
  });

  test('leaves out the words of what is gone', async () => {
    const { recordingId } = await addTranscript(vault.db, TEXTS);
    const [first, second] = await opened(recordingId);
    await editor.edit(recordingId, [first?.id ?? '', second?.id ?? ''], []);
    const words = await editor.packedWords(recordingId, [first?.id ?? '', second?.id ?? '', 'never']);
    expect(unpackWords(words)).toEqual(new Map());
  });
});
