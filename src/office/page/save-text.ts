import { FULL_CONTENT, type TranscriptDocument } from '../../contract/document.ts';
import type { Locale } from '../../contract/locale.ts';

/** What a text can be saved as. */
export type SavedFormat = 'txt' | 'docx';

const TYPES: Readonly<Record<SavedFormat, string>> = {
  txt: 'text/plain;charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** Saves a text where the browser saves files, made by the app's own writers in this browser. */
export async function saveText(
  document: TranscriptDocument,
  format: SavedFormat,
  language: Locale,
): Promise<void> {
  const url = URL.createObjectURL(
    new Blob(await writtenText(document, format, language), { type: TYPES[format] }),
  );
  const link = globalThis.document.createElement('a');
  link.href = url;
  link.download = `${document.recording.name.replace(/\.[^.]{1,8}$/, '')}.${format}`;
  link.click();
  // The browser has begun to save by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The bytes of a text in a format, in pieces. The writers are loaded when they are first needed. */
async function writtenText(
  document: TranscriptDocument,
  format: SavedFormat,
  language: Locale,
): Promise<BlobPart[]> {
  const options = { format, timestamps: true, content: FULL_CONTENT, language };
  if (format === 'txt') {
    const { txtOf } = await import('../../core/export/txt.ts');
    return [...txtOf(document, options)];
  }
  const { docxOf } = await import('../../core/export/docx/docx.ts');
  return (await docxOf(document, options)).map((piece) => new Uint8Array(piece));
}
