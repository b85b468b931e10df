import type { StoredSegment } from '../text-alignment/stored-segment.ts';
import type { ReadableDatabase } from './database.ts';
import type { SegmentCursor, SegmentPage } from './transcripts/segments.db.ts';

const PAGE_LENGTH = 200;

/** The segments of a version in order, fetched in pages, so that hours of text do not block the event loop. */
export async function* eachSegment(
  database: Pick<ReadableDatabase, 'segments'>,
  versionId: string,
): AsyncGenerator<StoredSegment> {
  let after: SegmentCursor | null = null;
  do {
    const page: SegmentPage = await database.segments.page({ versionId, after, limit: PAGE_LENGTH });
    yield* page.segments;
    after = page.next;
  } while (after !== null);
}
