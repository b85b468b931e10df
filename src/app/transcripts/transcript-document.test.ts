import { expect, test } from 'vitest';
import { ExportFormat, FULL_CONTENT } from '../../contract/document.ts';
import { addTranscript, testDatabase } from '../../core/database/testing/test-database.ts';
import { previewOf, SEGMENTS_SHOWN } from '../../core/export/preview.ts';
import { transcriptDocument } from '../../core/transcripts/transcript-document.ts';
import { TranscriptEditor } from './transcript-editor.ts';

test('previews need the words of no more segments than they show', async () => {
  await using vault = await testDatabase();
  const { db } = vault;
  const texts = Array.from({ length: SEGMENTS_SHOWN + 40 }, (_, index) => `sentence ${index}`);
  const { recordingId, versionId } = await addTranscript(db, texts);
  const [first] = await db.segments.all(versionId);
  await new TranscriptEditor(db).edit(
    recordingId,
    [first?.id ?? ''],
    ['a corrected “sentence”\u2028 with all'],
  );
  const edited = (await db.versions.latest(recordingId))?.id ?? '';
  for (const id of [versionId, edited]) {
    const whole = await transcriptDocument(db, id);
    const outlined = await transcriptDocument(db, id, SEGMENTS_SHOWN);
    const withoutWords = whole.segments.slice(SEGMENTS_SHOWN).map((segment) => ({ ...segment, words: [] }));
    expect(outlined).toEqual({
      ...whole,
      segments: [...whole.segments.slice(0, SEGMENTS_SHOWN), ...withoutWords],
    });
    for (const format of ExportFormat.options) {
      const preview = (document: typeof whole) => previewOf(document, format, FULL_CONTENT, 'en');
      expect(await preview(outlined)).toEqual(await preview(whole));
    }
  }
});
