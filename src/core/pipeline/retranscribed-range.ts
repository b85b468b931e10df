import { AppError } from '../../contract/errors.ts';
import type { JobRange } from '../../contract/job.ts';
import type { Word } from '../../contract/transcript.ts';
import type { Database } from '../database/database.ts';
import type { SegmentCursor, SegmentPage } from '../database/transcripts/segments.db.ts';
import { transcriptFacts } from '../transcripts/transcript-document.ts';

/** Audio added before and after a range, as far as it is silence: a cut-off first consonant costs a word. */
const PAD_MS = 240;

/** No segment is longer: one that began earlier than this before a range has ended. */
const LONGEST_SEGMENT_MS = 30 * 60_000;

const PAGE_LENGTH = 500;

/**
 * The range that a job is to retranscribe for the one the user chose: as far as there is a recording, with a little of the
 * silence around it. Of a text that is not finished only what follows a time can be retranscribed, from its end at the
 * latest. Throws `recording.notTranscribed`, `transcript.unfinished`, `usage.invalid`.
 */
export async function retranscribedRange(
  database: Database,
  recordingId: string,
  wanted: JobRange,
): Promise<JobRange> {
  const { name, durationMs } = await database.recordings.get(recordingId);
  const version = await database.versions.latest(recordingId);
  if (version === null) throw new AppError('recording.notTranscribed', { name });
  const { complete, transcribedMs } = await transcriptFacts(database, version);
  if (!complete && wanted.endMs !== null) throw new AppError('transcript.unfinished', { name });
  const startMs = complete ? wanted.startMs : Math.min(wanted.startMs, transcribedMs);
  const span = await withSilenceAround(database, version.id, { startMs, endMs: wanted.endMs });
  const endMs = span.endMs === null || durationMs === null ? span.endMs : Math.min(span.endMs, durationMs);
  if (span.startMs >= (endMs ?? durationMs ?? Number.POSITIVE_INFINITY)) {
    throw new AppError('usage.invalid', { problem: 'span' });
  }
  return { startMs: span.startMs, endMs };
}

/** A range of a version with a little of the silence around it: up to the words before and after it that stay. */
async function withSilenceAround(
  database: Database,
  versionId: string,
  { startMs, endMs }: JobRange,
): Promise<JobRange> {
  let earliestMs = Math.max(0, startMs - PAD_MS);
  let latestMs = endMs === null ? null : endMs + PAD_MS;
  for await (const { startMs: wordStartMs, endMs: wordEndMs } of wordsAround(database, versionId, startMs)) {
    const middleMs = (wordStartMs + wordEndMs) / 2;
    if (middleMs < startMs) earliestMs = Math.max(earliestMs, Math.min(wordEndMs, startMs));
    if (endMs === null || latestMs === null) continue;
    if (middleMs >= endMs) latestMs = Math.min(latestMs, Math.max(wordStartMs, endMs));
    if (wordStartMs > endMs + LONGEST_SEGMENT_MS) break;
  }
  return { startMs: earliestMs, endMs: latestMs };
}

async function* wordsAround(database: Database, versionId: string, startMs: number): AsyncGenerator<Word> {
  let after: SegmentCursor | null = { startMs: startMs - LONGEST_SEGMENT_MS, channel: -1, rowid: -1 };
  while (after !== null) {
    const page: SegmentPage = await database.segments.page({ versionId, after, limit: PAGE_LENGTH });
    for (const { segment } of page.segments) yield* segment.words;
    after = page.next;
  }
}
