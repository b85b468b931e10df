import { v7 as newId } from 'uuid';
import type { JobRange } from '../../../contract/job.ts';
import type { NewSegment, StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { Connection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import { outsideOf } from './cut-segment.ts';
import { insertEdit, insertReplaced, type LoggedChange, type LoggedEdit } from './edit-log.db.ts';
import { CARRIED, type EditableText, type Edits } from './edits.db.ts';
import {
  type CopiedSegments,
  type EditedContent,
  type EditsOutside,
  editsOutside,
  speakersFromBefore,
} from './edits-outside.db.ts';
import {
  insertSegment,
  SEGMENT_COLUMNS,
  type SegmentReader,
  type SegmentRow,
  segmentColumns,
  storedSegmentOf,
} from './segments.db.ts';
import type { Version, Versions } from './versions.db.ts';

/** What came of hearing a stretch anew. */
export interface RetranscriptionOutcome {
  /** The current version now. */
  readonly version: Version;
  /** The current version before; it stays as it was. */
  readonly earlier: Version;
}

/** Where a stretch is put in: the new version, the machine's version that is copied around it, and the stretch. */
interface RetranscribePlace {
  readonly versionId: string;
  readonly baseId: string;
  readonly startMs: number;
  readonly endMs: number | null;
}

/** The segments of a machine version that do not touch a stretch. */
const UNTOUCHED = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @baseId AND (end_ms <= @startMs OR start_ms >= @endMs)
  ORDER BY start_ms, channel, id`;

const TOUCHING = `SELECT ${SEGMENT_COLUMNS} FROM segments
  WHERE version_id = @baseId AND end_ms > @startMs AND (@endMs IS NULL OR start_ms < @endMs)
  ORDER BY start_ms, channel, id`;

/** The segments of a version that were copied, each with the segment of the other version that it is a copy of. */
export const COPIES = `SELECT base.id AS baseId, copy.id AS copyId
  FROM segments AS base
    JOIN segments AS copy ON copy.version_id = @versionId AND copy.copied_from = ifnull(base.copied_from, base.id)
  WHERE base.version_id = @baseId`;

/**
 * Puts what was heard anew in a stretch into the current text. The earlier version stays as it was; the new one is a copy
 * of what the machine wrote of it outside the stretch, with what was heard inside. The user's edits outside the stretch go
 * along into an edited version of it.
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
   * Completes a version that so far holds only what was heard in a stretch, in one transaction: it is put into the version
   * that is current at this moment. Where nothing was heard the version is dropped and the text stays as it is: null.
   */
  complete({
    versionId,
    span,
    atMs,
  }: {
    versionId: string;
    span: JobRange;
    atMs: number;
  }): RetranscriptionOutcome | null {
    return this.#connection.transaction(() => {
      const rerun = requiredRow(this.#versions.get(versionId), 'version');
      if (rerun.completedAtMs !== null) throw new Error('a finished version never changes');
      if (this.#segments.count(versionId) === 0) {
        this.#connection.run('DELETE FROM versions WHERE id = @versionId', { versionId });
        return null;
      }
      const { recordingId } = rerun;
      const earlier = requiredRow(this.#versions.latest(recordingId), 'version');
      const text = requiredRow(this.#edits.text(recordingId), 'text');
      this.#putInto(rerun, text, span, atMs);
      return { version: requiredRow(this.#versions.latest(recordingId), 'version'), earlier };
    });
  }

  #putInto(rerun: Version, text: EditableText, span: JobRange, atMs: number): void {
    const { id: versionId } = rerun;
    const place = { versionId, baseId: text.machineVersionId, ...span };
    const heard = this.#segmentsOf(versionId);
    const touching = this.#connection
      .all<SegmentRow>(TOUCHING, { baseId: place.baseId, ...span })
      .map(storedSegmentOf);
    const content = this.#content(text);
    const carried = editsOutside(content, span, this.#copyAround(place, touching));
    const untouched = touching.filter(({ id }) => !content.replaced.includes(id));
    const speakers = speakersFromBefore([...untouched, ...content.rows], heard);

    const { startMs, endMs } = span;
    const parentId = text.machineVersionId;
    this.#connection.run('UPDATE versions SET parent_id = @parentId WHERE id = @versionId', {
      versionId,
      parentId,
    });
    this.#versions.finish({ versionId, completedAtMs: atMs, detail: { parentId, startMs, endMs } });
    this.#writeEdited(rerun, carried, speakers, atMs);
  }

  #segmentsOf(versionId: string): StoredSegment[] {
    const sql = `SELECT ${SEGMENT_COLUMNS} FROM segments WHERE version_id = @versionId ORDER BY start_ms, channel, id`;
    return this.#connection.all<SegmentRow>(sql, { versionId }).map(storedSegmentOf);
  }

  /** What edits have made of a text. */
  #content(text: EditableText): EditedContent {
    const log = this.#connection.all<Omit<LoggedEdit, 'changes'> & { changes: string }>(
      'SELECT number, at_ms AS atMs, changes, undone, gesture FROM edits WHERE version_id = @versionId ORDER BY number',
      { versionId: text.editedVersionId ?? '' },
    );
    return {
      rows: this.#edits.edited(text),
      replaced: this.#edits.replaced(text),
      log: log.map((edit) => ({ ...edit, changes: JSON.parse(edit.changes) as LoggedChange[] })),
    };
  }

  /** Copies what the machine wrote outside the stretch; a segment that reaches into it is cut. */
  #copyAround(place: RetranscribePlace, touching: readonly StoredSegment[]): CopiedSegments {
    const { versionId, baseId } = place;
    const { startMs, endMs } = place;
    for (const row of this.#connection.all<SegmentRow>(UNTOUCHED, { baseId, startMs, endMs })) {
      const { id, copiedFrom, ...columns } = row;
      insertSegment(this.#connection, { ...columns, copiedFrom: copiedFrom ?? id, versionId });
    }
    const cut = new Map<number, readonly number[]>();
    for (const row of touching) {
      const parts = outsideOf(row.segment, place);
      // The first part goes on under the name of the whole.
      const ids = parts.map((segment, index) => {
        const copiedFrom = index === 0 ? Number(row.key) : null;
        return this.#insert(versionId, { ...row, segment }, { editKey: null, copiedFrom, origins: null });
      });
      if (parts[0] !== row.segment) cut.set(row.id, ids);
    }
    const wholeOf = new Map<number, number>();
    const copies = this.#connection.all<{ baseId: number; copyId: number }>(COPIES, { versionId, baseId });
    for (const copy of copies) if (!cut.has(copy.baseId)) wholeOf.set(copy.baseId, copy.copyId);
    const partsOf = new Map([...cut, ...[...wholeOf].map(([id, copyId]) => [id, [copyId]] as const)]);
    return { wholeOf, partsOf };
  }

  /** Writes what goes along of the edits, if anything does. */
  #writeEdited(rerun: Version, carried: EditsOutside, speakers: readonly NewSegment[], atMs: number): void {
    const hasRest = carried.hasRest || speakers.length > 0;
    if (!hasRest && carried.log.length === 0) return;
    const { id: parentId, recordingId, jobId } = rerun;
    const edited = { id: newId(), recordingId, jobId, kind: 'edited', parentId, createdAtMs: atMs } as const;
    const { id: versionId } = this.#versions.create(edited);
    for (const row of [...carried.rows, ...speakers]) {
      this.#insert(versionId, row, {
        editKey: row.key,
        copiedFrom: null,
        origins: JSON.stringify(row.origins),
      });
    }
    for (const segmentId of [...carried.replaced, ...speakers.flatMap(({ origins }) => origins)]) {
      insertReplaced(this.#connection, versionId, segmentId);
    }
    const log = carried.log.filter(({ number }) => number !== CARRIED);
    const rest: LoggedEdit = { number: CARRIED, atMs, changes: [], undone: 0, gesture: null };
    for (const edit of hasRest ? [rest, ...log] : log) {
      insertEdit(this.#connection, versionId, edit);
    }
  }

  #insert(
    versionId: string,
    { channel, windowIndex, segment }: Pick<StoredSegment, 'channel' | 'windowIndex' | 'segment'>,
    names: { editKey: string | null; copiedFrom: number | null; origins: string | null },
  ): number {
    insertSegment(this.#connection, {
      versionId,
      ...names,
      channel,
      windowIndex,
      ...segmentColumns(segment),
    });
    // What was inserted last has the highest id.
    const row = this.#connection.one<{ id: number }>('SELECT max(id) AS id FROM segments');
    return requiredRow(row, 'segment').id;
  }
}
