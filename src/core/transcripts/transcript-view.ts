import { AppError } from '../../contract/errors.ts';
import type { TranscriptView } from '../../contract/views.ts';
import type { Database } from '../database/database.ts';
import { eachSegment } from '../database/segment-pages.ts';
import { markOverlaps } from './overlaps.ts';
import { transcriptFacts } from './transcript-document.ts';
import { editableSegment } from './transcript-editor.ts';

const START: TranscriptView['place'] = { segmentId: null, offset: 0, scrollMs: 0, playheadMs: 0 };

/** The current text of a recording as the editor opens it. Throws `recording.notFound`, `recording.notTranscribed`. */
export async function transcriptView(database: Database, recordingId: string): Promise<TranscriptView> {
  const { name, channels } = await database.recordings.get(recordingId);
  const version = await database.versions.latest(recordingId);
  const text = await database.edits.text(recordingId);
  if (version === null || text === null) throw new AppError('recording.notTranscribed', { name });
  const { job, reruns, complete, durationMs, transcribedMs, skipped } = await transcriptFacts(
    database,
    version,
  );
  const segments: TranscriptView['segments'] = [];
  for await (const stored of eachSegment(database, version.id)) segments.push(editableSegment(stored));
  const { language } = job.options;
  return {
    recordingId,
    name,
    versionNumber: version.number,
    versionKind: version.kind,
    durationMs,
    channels: channels ?? 1,
    complete,
    transcribedMs,
    language: job.detectedLanguage ?? (language === 'auto' || language === 'mixed' ? null : language),
    isSample: [job, ...reruns.map((rerun) => rerun.job)].some(({ options }) => options.model.isSample),
    speakers: speakersOf(segments),
    skipped,
    segments: markOverlaps(segments),
    canUndo: text.canUndo,
    canRedo: text.canRedo,
    place: (await database.places.get(recordingId)) ?? START,
  };
}

/** The speakers in the order in which they are first heard. */
function speakersOf(segments: readonly { readonly speaker: string | null }[]): string[] {
  const speakers = segments.map(({ speaker }) => speaker).filter((speaker) => speaker !== null);
  return [...new Set(speakers)];
}
