import { basename } from 'node:path';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { requiredRecording } from '../required-row.ts';
import { idList, isOneOfIds, where } from '../where.ts';

/** One source file of a recording: the only one, or one of those that it was joined from. */
export interface RecordingSource {
  /** The file's name, without its folder. */
  readonly name: string;
  readonly sourcePath: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Null if it was not read completely. */
  readonly sha256: string | null;
  /** Its start in the recording. */
  readonly startMs: number;
  /** Zero while a recording of one source is being read. */
  readonly durationMs: number;
  /** It changed or failed before it was read completely. */
  readonly incomplete: boolean;
  /** Its sealed original; null if it could not be stored completely. */
  readonly originalObjectId: string | null;
}

type SourceRow = Omit<RecordingSource, 'incomplete'> & { incomplete: number };
type OnlySourceRow = SourceRow;

const COLUMNS = `name, source_path AS sourcePath, size_bytes AS sizeBytes, modified_ms AS modifiedMs, sha256,
  start_ms AS startMs, duration_ms AS durationMs, incomplete, original_object_id AS originalObjectId`;

/** The sources of a joined recording. */
export const SOURCES_OF_RECORDING = `SELECT ${COLUMNS} FROM recording_sources
  WHERE recording_id = @recordingId ORDER BY source_index`;

const ONLY_SOURCE = `SELECT name, source_path AS sourcePath, source_size_bytes AS sizeBytes,
  source_modified_ms AS modifiedMs, source_sha256 AS sha256, 0 AS startMs, ifnull(duration_ms, 0) AS durationMs,
  state = 'incomplete' AS incomplete, original_object_id AS originalObjectId
  FROM recordings WHERE id = @recordingId`;

/** Reads the sources of recordings. */
export class SourceReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** A recording's sources in their order: those it was joined from, or its only one. Throws `recording.notFound`. */
  ofRecording(recordingId: string): RecordingSource[] {
    const rows = this.#connection.all<SourceRow>(SOURCES_OF_RECORDING, { recordingId });
    if (rows.length > 0) return rows.map(sourceOf);
    const row = this.#connection.one<OnlySourceRow>(ONLY_SOURCE, { recordingId });
    const only = requiredRecording(row, recordingId);
    // The recording may have been renamed; a source keeps its own name. What was recorded here has no file.
    return [sourceOf({ ...only, name: basename(only.sourcePath) || only.name })];
  }

  /** The sources of every joined recording, by the recording's id; only of these unless null. */
  ofJoined(recordingIds: readonly string[] | null): Record<string, RecordingSource[]> {
    const conditions = where(recordingIds !== null && isOneOfIds('recording_id'));
    const rows = this.#connection.all<SourceRow & { recordingId: string }>(
      `SELECT recording_id AS recordingId, ${COLUMNS} FROM recording_sources ${conditions}
       ORDER BY recording_id, source_index`,
      idList(recordingIds),
    );
    const sources: Record<string, RecordingSource[]> = {};
    for (const { recordingId, ...row } of rows) {
      sources[recordingId] ??= [];
      sources[recordingId].push(sourceOf(row));
    }
    return sources;
  }
}

/** Reads the sources of recordings, and writes those of joined ones. */
export class Sources extends SourceReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Stores the sources that a recording was joined from, in order. */
  add({ recordingId, sources }: { recordingId: string; sources: readonly RecordingSource[] }): void {
    this.#connection.transaction(() => {
      for (const [sourceIndex, source] of sources.entries()) {
        this.#connection.run(
          `INSERT INTO recording_sources (recording_id, source_index, name, source_path, size_bytes, modified_ms,
             sha256, start_ms, duration_ms, incomplete, original_object_id)
           VALUES (@recordingId, @sourceIndex, @name, @sourcePath, @sizeBytes, @modifiedMs,
             @sha256, @startMs, @durationMs, @incomplete, @originalObjectId)`,
          { ...source, recordingId, sourceIndex, incomplete: Number(source.incomplete) },
        );
      }
    });
  }
}

function sourceOf(row: SourceRow): RecordingSource {
  return { ...row, incomplete: row.incomplete === 1 };
}
