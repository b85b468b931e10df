import { v7 as newId } from 'uuid';
import type { JobRange } from '../../../contract/job.ts';
import type { Segment } from '../../../contract/transcript.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import { outsideOf } from './cut-segment.ts';
import { editedContentOf, ownSegments, writeEdited } from './edited-content.db.ts';
import type { EditableText, Edits } from './edits.db.ts';
import { type CutSegments, editsOutside, speakersFromBefore } from './edits-outside.db.ts';
import {
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentReader,
  type SegmentRow,
  segmentColumns,
  storedSegmentOf,
} from './segments.db.ts';
import type { Version, Versions } from './versions.db.ts';

/** The result of retranscribing a range. */
export interface RetranscriptionOutcome {
  /** The new current version. */
  readonly version: Version;
  /** The current version before; unchanged. */
  readonly earlier: Version;
}

/** The target of a range: the new version, the machine's version that is copied around it, and the range. */
interface RetranscribePlace {
  readonly versionId: string;
  readonly baseId: string;
  readonly startMs: number;
  readonly endMs: number | null;
}

/** The segments of a machine version that do not touch a range. */
const UNTOUCHED = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @baseId AND (end_ms <= @startMs OR start_ms >= @endMs)
  ORDER BY start_ms, channel, rowid`;

const TOUCHING = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @baseId AND end_ms > @startMs AND (@endMs IS NULL OR start_ms < @endMs)
  ORDER BY start_ms, channel, rowid`;

/**
 * Puts a retranscribed range into the current text. The earlier version stays unchanged; the new one is a copy of its
 * machine text outside the range, with the retranscribed segments inside. The user's edits outside the range are
 * rebased onto it, as an edited version.
 */
export class Retranscriptions {
  readonly #connection: Connection;
  readonly #versions: Versions;
  readonly #segments: SegmentReader;
  readonly #edits: Edits;

  constructor(connection: Connection, versions: Versions, segments: SegmentReader, edits: Edits) {
    this.#connection = connection;
    this.#versions = versions;
    this.#segments = segments;
    this.#edits = edits;
  }

  /**
   * Completes a version that holds only the segments of a range, in one transaction: it is put into the version that is
   * current at this moment. Without segments the version is dropped and the text unchanged: null.
   */
  complete({
    versionId,
    range,
    atMs,
  }: {
    versionId: string;
    range: JobRange;
    atMs: number;
  }): RetranscriptionOutcome | null {
    return this.#connection.transaction(() => {
      const unfinished = requiredRow(this.#versions.get(versionId), 'version');
      if (unfinished.completedAtMs !== null) throw new Error('a finished version never changes');
      if (this.#segments.count(versionId) === 0) {
        this.#connection.run('DELETE FROM versions WHERE id = @versionId', { versionId });
        return null;
      }
      const { recordingId } = unfinished;
      const earlier = requiredRow(this.#versions.latest(recordingId), 'version');
      const text = requiredRow(this.#edits.text(recordingId), 'text');
      this.#putInto(unfinished, text, range, atMs);
      return { version: requiredRow(this.#versions.latest(recordingId), 'version'), earlier };
    });
  }

  #putInto(unfinished: Version, text: EditableText, range: JobRange, atMs: number): void {
    const { id: versionId } = unfinished;
    const place = { versionId, baseId: text.machineVersionId, ...range };
    const heard = ownSegments(this.#connection, versionId);
    const touching = this.#connection
      .all<SegmentRow>(TOUCHING, { baseId: place.baseId, ...range })
      .map(storedSegmentOf);
    const content = editedContentOf(this.#connection, this.#edits, text);
    const rebased = editsOutside(content, range, this.#copyAround(place, touching));
    const untouched = touching.filter(({ id }) => !content.replaced.includes(id));
    const speakers = speakersFromBefore([...untouched, ...content.rows], heard);

    const { startMs, endMs } = range;
    const parentId = text.machineVersionId;
    this.#connection.run('UPDATE versions SET parent_id = @parentId WHERE id = @versionId', {
      versionId,
      parentId,
    });
    this.#versions.finish({ versionId, completedAtMs: atMs, detail: { parentId, startMs, endMs } });
    const stored = { connection: this.#connection, versions: this.#versions };
    writeEdited(stored, unfinished, rebased, speakers, atMs);
  }

  /** Copies the machine's segments outside the range; returns those that reach into it, and are cut. */
  #copyAround(
    { versionId, baseId, startMs, endMs }: RetranscribePlace,
    touching: readonly StoredSegment[],
  ): CutSegments {
    for (const row of this.#connection.all<SegmentRow>(UNTOUCHED, { baseId, startMs, endMs })) {
      insertSegment(this.#connection, { ...row, versionId });
    }
    const cut = new Map<string, readonly string[]>();
    for (const { segment: whole, ...stored } of touching) {
      const { channel, windowIndex } = stored;
      const parts = outsideOf(whole, { startMs, endMs });
      // The first part keeps the segment's id.
      const ids = parts.map((_, index) => (index === 0 ? stored.id : newId()));
      for (const [index, id] of ids.entries()) {
        const columns = segmentColumns(parts[index] as Segment);
        insertSegment(this.#connection, { id, versionId, origins: null, channel, windowIndex, ...columns });
      }
      if (parts[0] !== whole) cut.set(stored.id, ids);
    }
    return cut;
  }
}
