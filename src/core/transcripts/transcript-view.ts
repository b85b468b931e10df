import { AppError } from '../../contract/errors.ts';
import { markOverlaps } from '../../contract/overlaps.ts';
import type { OpenedTranscript, TranscriptView } from '../../contract/views.ts';
import type { Database } from '../database/database.ts';
import type { EditableText } from '../database/repositories/edits.ts';
import type { Version } from '../database/repositories/versions.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { transcriptFacts } from './transcript-document.ts';
import { editableSegment } from './transcript-editor.ts';

const START: TranscriptView['place'] = { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 };

/** A transcript without its text. */
type TranscriptHead = Omit<TranscriptView, 'segments' | 'speakers'>;

/** The current text of a recording as the editor opens it. Throws `recording.notFound`, `recording.notTranscribed`. */
export async function openTranscript(database: Database, recordingId: string): Promise<OpenedTranscript> {
  const { version, text } = await currentText(database, recordingId);
  const packedSegments = await database.segments.packed({ versionId: version.id });
  return { ...(await transcriptHead(database, version, text)), packedSegments };
}

/** The current text of a recording as a whole. Throws `recording.notFound`, `recording.notTranscribed`. */
export async function transcriptView(database: Database, recordingId: string): Promise<TranscriptView> {
  const { version, text } = await currentText(database, recordingId);
  const segments: TranscriptView['segments'] = [];
  for await (const stored of eachSegment(database, version.id)) segments.push(editableSegment(stored));
  return {
    ...(await transcriptHead(database, version, text)),
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

async function transcriptHead(
  database: Database,
  version: Version,
  { canUndo, canRedo }: EditableText,
): Promise<TranscriptHead> {
  const { recordingId, number, kind } = version;
  const facts = await transcriptFacts(database, version);
  const { job, recording, complete, durationMs, transcribedMs, skipped } = facts;
  const { language, model } = job.options;
  return {
    recordingId,
    name: recording.name,
    versionNumber: number,
    versionKind: kind,
    durationMs,
    channels: recording.channels ?? 1,
    complete,
    transcribedMs,
    language: job.detectedLanguage ?? (language === 'auto' || language === 'mixed' ? null : language),
    isSample: model.isSample,
    skipped,
    canUndo,
    canRedo,
    place: (await database.places.get(recordingId)) ?? START,
  };
}

/** The speakers in the order in which they are first heard. */
function speakersOf(segments: readonly { readonly speaker: string | null }[]): string[] {
  const speakers = segments.map(({ speaker }) => speaker).filter((speaker) => speaker !== null);
  return [...new Set(speakers)];
}
