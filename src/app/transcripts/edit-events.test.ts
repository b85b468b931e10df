import { expect, test } from 'vitest';
import { addTranscript, testDatabase } from '../../core/database/testing/test-database.ts';
import { TranscriptEditor } from './transcript-editor.ts';
import { transcriptView } from './transcript-view.ts';

test('every kind of edit is told when it is asked for, with the recording it is of', async () => {
  await using vault = await testDatabase();
  const { recordingId } = await addTranscript(vault.db, ['she came in', 'she sat down']);
  const [first = '', second = ''] = (await transcriptView(vault.db, recordingId)).segments.map(
    ({ id }) => id,
  );
  const told: string[] = [];
  const editor = new TranscriptEditor(vault.db, { onEdit: (id) => told.push(id) });
  const search = { find: 'she', matchCase: false, wholeWords: false };
  const version = await vault.db.versions.latest(recordingId);
  const edits: [string, () => Promise<unknown>][] = [
    ['edit', () => editor.edit(recordingId, [first], ['He came in'])],
    ['assignSpeaker', () => editor.assignSpeaker(recordingId, [second], 'Ana')],
    ['renameSpeaker', () => editor.renameSpeaker(recordingId, 'Ana', 'Eva')],
    ['replaceAll', () => editor.replaceAll(recordingId, search, 'they', null)],
    ['undo', () => editor.undo(recordingId)],
    ['redo', () => editor.redo(recordingId)],
    ['reset', () => editor.reset(recordingId, [second])],
    ['useVersion', () => editor.useVersion(recordingId, version?.id ?? '')],
  ];
  for (const [index, [name, edit]] of edits.entries()) {
    const asked = edit();
    expect(told, name).toEqual(Array.from({ length: index + 1 }, () => recordingId));
    await asked;
  }
  await editor.packedWords(recordingId, [first]);
  expect(told).toHaveLength(edits.length);
});
