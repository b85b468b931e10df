import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { ReadableDatabase } from '../database.ts';
import type { SegmentCursor } from './segments.db.ts';

const PAGE_LENGTH = 200;

/** The segments of a version one after the other, fetched in pages, so that the event loop is never held up by hours. */
export async function* eachSegment(
  database: Pick<ReadableDatabase, 'segments'>,
  versionId: string,
): AsyncGenerator<StoredSegment> {
  let after: SegmentCursor | null = null;
  for (;;) {
    const page: StoredSegment[] = await database.segments.page({ versionId, after, limit: PAGE_LENGTH });
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = { startMs: last.segment.startMs, channel: last.channel, id: last.id };
  }
}
