import type { Span } from '../../contract/audio.ts';
import type { AssumedReading } from '../../contract/recording.ts';
import type { LanguageRange } from '../../contract/transcript.ts';
import type { Database } from '../../core/database/database.ts';
import { transcriptFacts } from '../../core/transcripts/transcript-document.ts';

/** What a text lacks, or may have wrong; times of the recording, in order. */
export interface TextFindings {
  /** Ranges with voice activity but no recognised words. */
  readonly notUnderstood: readonly Span[];
  /** Ranges that are probably in another language than their text. */
  readonly otherLanguages: readonly LanguageRange[];
  /** How its recording was read without a header; null if it had one. */
  readonly assumed: AssumedReading | null;
}

/** Whether a text begins before 0 if its times are shifted by this offset. Throws the database's errors. */
export async function beginsBeforeZero(
  database: Database,
  versionId: string,
  timeOffsetMs: number,
): Promise<boolean> {
  if (timeOffsetMs >= 0) return false;
  const { segments } = await database.segments.page({ versionId, limit: 1 });
  const [first] = segments;
  return first !== undefined && first.segment.startMs + timeOffsetMs < 0;
}

/** For a recording without a text, too. */
export const NO_FINDINGS: TextFindings = { notUnderstood: [], otherLanguages: [], assumed: null };

/** The findings of a recording's current text. Throws `recording.notFound`. */
export async function textFindings(database: Database, recordingId: string): Promise<TextFindings> {
  const { assumed } = (await database.recordings.get(recordingId)).facts;
  const version = await database.versions.latest(recordingId);
  if (version === null) return { ...NO_FINDINGS, assumed };
  const { skipped, otherLanguages } = await transcriptFacts(database, version);
  const notUnderstood = skipped
    .filter(({ reason }) => reason === 'notUnderstood')
    .map(({ startMs, endMs }) => ({ startMs, endMs }));
  return { notUnderstood, otherLanguages, assumed };
}
