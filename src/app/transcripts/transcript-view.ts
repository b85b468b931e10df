import { AppError } from '../../contract/errors.ts';
import { markOverlaps } from '../../contract/overlaps.ts';
import type { OpenedTranscript, TranscriptView } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { languageOf } from '../../core/database/jobs/job-language.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import type { EditableText } from '../../core/database/transcripts/edits.db.ts';
import type { Version } from '../../core/database/transcripts/versions.db.ts';
import { transcriptFacts } from '../../core/transcripts/transcript-document.ts';
import { editableSegment } from './transcript-editor.ts';

const START: TranscriptView['place'] = { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 };

/** Whether a text has edits to undo or redo. */
type Standing = Pick<EditableText, 'canUndo' | 'canRedo'>;

const UNDOABLE: Standing = { canUndo: false, canRedo: false };

/** The current text of a recording as the editor opens it. Throws `recording.notFound`, `recording.notTranscribed`. */
export async function openTranscript(database: Database, recordingId: string): Promise<OpenedTranscript> {
  const { version, text } = await currentText(database, recordingId);
  // The database's thread does the one while this side requests the next step of the other.
  const [head, packedSegments] = await Promise.all([
    headOf(database, version, text),
    database.segments.packed({ versionId: version.id }),
  ]);
  return { ...head, packedSegments };
}

/** The current text of a recording as a whole. Throws `recording.notFound`, `recording.notTranscribed`. */
export async function transcriptView(database: Database, recordingId: string): Promise<TranscriptView> {
  const { version, text } = await currentText(database, recordingId);
  return await versionText(database, version, text);
}

/** The text of any version; read-only without `standing`. Throws `recording.notFound`. */
export async function versionText(
  database: Database,
  version: Version,
  standing: Standing = UNDOABLE,
): Promise<TranscriptView> {
  const segments: TranscriptView['segments'] = [];
  for await (const stored of eachSegment(database, version.id)) segments.push(editableSegment(stored));
  return {
    ...(await headOf(database, version, standing)),
    speakers: speakersOf(segments),
    segments: markOverlaps(segments),
  };
}

async function currentText(
  database: Database,
  recordingId: string,
): Promise<{ version: Version; text: EditableText }> {
  const version = await database.versions.latest(recordingId);
  const text = await database.edits.text(recordingId);
  if (version !== null && text !== null) return { version, text };
  const { name } = await database.recordings.get(recordingId);
  throw new AppError('recording.notTranscribed', { name });
}

/** A version without its text. */
async function headOf(
  database: Database,
  version: Version,
  { canUndo, canRedo }: Standing,
): Promise<Omit<TranscriptView, 'segments' | 'speakers'>> {
  const { recordingId } = version;
  const facts = await transcriptFacts(database, version);
  const { making, recording, complete, durationMs, transcribedMs, skipped, otherLanguages } = facts;
  return {
    recordingId,
    name: recording.name,
    versionNumber: version.number,
    versionKind: version.kind,
    durationMs,
    channels: recording.channels ?? 1,
    complete,
    transcribedMs,
    language: languageOf(making),
    gain: await database.parts.gain(recordingId),
    skipped,
    otherLanguages,
    canUndo,
    canRedo,
    place: (await database.viewStates.get(recordingId)) ?? START,
  };
}

/** The speakers in order of their first segments. */
function speakersOf(segments: readonly { readonly speaker: string | null }[]): string[] {
  const speakers = segments.map(({ speaker }) => speaker).filter((speaker) => speaker !== null);
  return [...new Set(speakers)];
}
