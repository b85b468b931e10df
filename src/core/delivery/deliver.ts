import type { Delivery } from '../../contract/document.ts';
import type { Database } from '../database/database.ts';
import { transcriptDocument } from '../transcripts/transcript-document.ts';
import { type DeliveryServices, writeDocument } from './write-document.ts';

/**
 * Writes a version in every format requested and returns the absolute paths. Every transcript that leaves a vault as
 * a file goes through here: edits are bound to the audit log before, and each file has an entry there with its
 * format and its SHA-256. Throws `recording.notFound`, `template.notFound` and the export's errors.
 */
export async function deliver(
  database: Database,
  versionId: string,
  delivery: Delivery,
  services: DeliveryServices,
): Promise<string[]> {
  const version = await database.versions.get(versionId);
  if (version !== null)
    await database.editSessions.bind({ recordingId: version.recordingId, atMs: Date.now() });
  const { template, editLog = false } = delivery.style ?? {};
  const transcript = await transcriptDocument(database, versionId);
  const document = editLog
    ? { ...transcript, edits: await database.editHistory.passages(versionId) }
    : transcript;
  const wordTemplate =
    template?.kind === 'word' ? await database.wordTemplates.content(template.id) : undefined;
  return await writeDocument(document, delivery, {
    ...services,
    wordTemplate,
    onWritten: async (file) => {
      await services.onWritten?.(file);
      await database.audit.append({
        atMs: Date.now(),
        action: 'version.exported',
        subjectId: versionId,
        outcome: 'done',
        detail: { format: file.format, fileHash: file.sha256 },
      });
    },
  });
}
