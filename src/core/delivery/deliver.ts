import type { Delivery, TranscriptDocument } from '../../contract/document.ts';
import type { Database } from '../database/database.ts';
import type { Replacement } from '../export/word-template/template-fields.ts';
import { templateWithoutNames } from '../export/word-template/template-names.ts';
import { transcriptDocument } from '../transcripts/transcript-document.ts';
import { type DeliveryServices, writeDocument } from './write-document.ts';

/** A pseudonymised copy. */
export interface PseudonymisedCopy {
  readonly document: TranscriptDocument;
  /** The names in any other text that goes out with it, and their labels. */
  readonly namesIn: (text: string) => readonly Replacement[];
}

/** How a version is written. */
export interface CopyServices extends DeliveryServices {
  /** Makes the pseudonymised copy that is written instead; nothing else of the document leaves the vault then. */
  readonly copyOf?: (document: TranscriptDocument) => Promise<PseudonymisedCopy>;
}

/**
 * Writes a version in every format requested and returns the absolute paths. Every transcript that leaves a vault as
 * a file goes through here: edits are bound to the audit log before, and each file has an entry there with its
 * format and its SHA-256. Throws `recording.notFound`, `template.notFound` and the export's errors.
 */
export async function deliver(
  database: Database,
  versionId: string,
  delivery: Delivery,
  { copyOf, ...services }: CopyServices,
): Promise<string[]> {
  const version = await database.versions.get(versionId);
  if (version !== null)
    await database.editSessions.bind({ recordingId: version.recordingId, atMs: Date.now() });
  const { template, editLog = false } = delivery.style ?? {};
  const whole = await transcriptDocument(database, versionId);
  const stored = template?.kind === 'word' ? await database.wordTemplates.content(template.id) : undefined;
  // The name of the recording, what it was called for this, and every earlier wording may be what the copy hides.
  const copy = await copyOf?.(whole);
  const wordTemplate =
    stored === undefined || copy === undefined ? stored : templateWithoutNames(stored, copy.namesIn);
  const document =
    copy?.document ?? (editLog ? { ...whole, edits: await database.editHistory.passages(versionId) } : whole);
  const named = copy === undefined ? delivery : { ...delivery, baseName: copy.document.recording.name };
  return await writeDocument(document, named, {
    ...services,
    wordTemplate,
    onWritten: async (file) => {
      await services.onWritten?.(file);
      await database.audit.append({
        atMs: Date.now(),
        action: 'version.exported',
        subjectId: versionId,
        outcome: 'done',
        detail: {
          ...{ format: file.format, fileHash: file.sha256 },
          ...(copyOf !== undefined && { pseudonymised: true }),
        },
      });
    },
  });
}
