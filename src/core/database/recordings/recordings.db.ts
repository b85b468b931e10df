import { AppError } from '../../../contract/errors.ts';
import { type ChannelLayout, MediaFacts, type RecordingState } from '../../../contract/recording.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson } from '../json-column.ts';
import { forgetPseudonyms } from '../pseudonyms/pseudonyms.db.ts';
import { requiredRecording } from '../required-row.ts';
import type { FtsTombstones } from '../search/fts-tombstones.db.ts';
import { idList, isOneOfIds, where } from '../where.ts';
import type { ObjectRecord, Objects } from './objects.db.ts';

/** One imported source. */
export interface Recording {
  readonly id: string;
  readonly matterId: string | null;
  /** The displayed name: at first the source's file name. */
  readonly name: string;
  readonly sourcePath: string;
  readonly sourceSizeBytes: number;
  readonly sourceModifiedMs: number;
  /** Null until the source has been read completely. */
  readonly sourceSha256: string | null;
  readonly state: RecordingState;
  readonly facts: MediaFacts;
  /** Index of the chosen audio stream in the container; null if all are mixed. */
  readonly trackIndex: number | null;
  /** Null until the channels have been analysed. */
  readonly layout: ChannelLayout | null;
  /** Channels of the working copy; null until they have been analysed. */
  readonly channels: number | null;
  /** Null until the import has ended. */
  readonly durationMs: number | null;
  readonly originalObjectId: string | null;
  readonly createdAtMs: number;
  /** When it was put into the bin; null if it is not there. */
  readonly binnedAtMs: number | null;
  /** What was chosen for a transcription that waits for a speech model, in vaults of an earlier release; else null. */
  readonly waitingChoice: unknown;
}

/** A recording at the start of its import. */
export type NewRecording = Pick<
  Recording,
  | 'id'
  | 'matterId'
  | 'name'
  | 'sourcePath'
  | 'sourceSizeBytes'
  | 'sourceModifiedMs'
  | 'facts'
  | 'trackIndex'
  | 'createdAtMs'
>;

/** How an import ended. */
export interface ImportEnd {
  readonly recordingId: string;
  readonly state: 'ready' | 'incomplete';
  /** SHA-256 of the whole source in hex; null if it was not read completely. */
  readonly sourceSha256: string | null;
  readonly layout: ChannelLayout;
  readonly channels: number;
  readonly durationMs: number;
  /** The sealed original, recorded in the same transaction; null if it could not be sealed, or is a capture's parts. */
  readonly original: ObjectRecord | null;
  /** The size of the source; null: the one known at the beginning. */
  readonly sourceSizeBytes?: number | null;
  readonly atMs: number;
}

type RecordingRow = Omit<Recording, 'facts' | 'waitingChoice'> & {
  facts: string;
  waitingChoice: string | null;
};

const SELECT = `SELECT id, matter_id AS matterId, name, source_path AS sourcePath,
  source_size_bytes AS sourceSizeBytes, source_modified_ms AS sourceModifiedMs, source_sha256 AS sourceSha256,
  state, facts, track_index AS trackIndex, layout, channels, duration_ms AS durationMs,
  original_object_id AS originalObjectId, created_at_ms AS createdAtMs, binned_at_ms AS binnedAtMs,
  waiting_choice AS waitingChoice FROM recordings`;

/** Reads recordings. */
export class RecordingReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The recording. Throws `recording.notFound`. */
  get(id: string): Recording {
    const row = this.#connection.one<RecordingRow>(`${SELECT} WHERE id = @id`, { id });
    return recordingOf(requiredRecording(row, id));
  }

  /** Recordings, oldest first; of these ids, of one matter or in one state if passed. */
  list({
    ids = null,
    matterId = null,
    state = null,
  }: {
    ids?: readonly string[] | null;
    matterId?: string | null;
    state?: RecordingState | null;
  } = {}): Recording[] {
    const conditions = where(
      ids !== null && isOneOfIds('id'),
      matterId !== null && 'matter_id = @matterId',
      state !== null && 'state = @state',
    );
    const rows = this.#connection.all<RecordingRow>(`${SELECT} ${conditions} ORDER BY created_at_ms, id`, {
      ...idList(ids),
      matterId,
      state,
    });
    return rows.map(recordingOf);
  }

  /** The recordings that have been in the bin since `beforeMs` or longer. */
  binnedBefore(beforeMs: number): Recording[] {
    const sql = `${SELECT} WHERE binned_at_ms <= @beforeMs ORDER BY binned_at_ms`;
    return this.#connection.all<RecordingRow>(sql, { beforeMs }).map(recordingOf);
  }

  /**
   * The recording whose id begins or ends with `text`: ids begin with their time, so their ends distinguish those of
   * one minute. Throws `recording.notFound` and `recording.ambiguous`.
   */
  findById(text: string): Recording {
    const wanted = text.toLowerCase();
    const rows = this.#connection.all<RecordingRow>(
      `${SELECT} WHERE @wanted <> ''
         AND (substr(id, 1, length(@wanted)) = @wanted OR substr(id, -length(@wanted)) = @wanted) LIMIT 2`,
      { wanted },
    );
    if (rows.length > 1) throw new AppError('recording.ambiguous', { id: text });
    return recordingOf(requiredRecording(rows[0] ?? null, text));
  }
}

/** Reads and writes recordings. */
export class RecordingRepository extends RecordingReader {
  readonly #connection: Connection;
  readonly #objects: Objects;
  readonly #audit: AuditLog;
  readonly #tombstones: FtsTombstones;

  constructor(connection: Connection, objects: Objects, audit: AuditLog, tombstones: FtsTombstones) {
    super(connection);
    this.#connection = connection;
    this.#objects = objects;
    this.#audit = audit;
    this.#tombstones = tombstones;
  }

  /** Adds a recording in the state `importing`. */
  add(recording: NewRecording): void {
    const sound = { layout: null, channels: null, durationMs: null };
    insertRecording(this.#connection, { ...recording, ...sound, state: 'importing' });
  }

  /** Stores the result of the channel analysis during the import. */
  setLayout({ recordingId, layout, channels }: Pick<ImportEnd, 'recordingId' | 'layout' | 'channels'>): void {
    this.#change(recordingId, 'layout = @layout, channels = @channels', { layout, channels });
  }

  /** Ends an import, with its original and its audit entry in the same transaction. */
  finishImport(end: ImportEnd): void {
    const { recordingId, state, sourceSha256, layout, channels, durationMs, original, atMs } = end;
    const { sourceSizeBytes = null } = end;
    const originalObjectId = original?.id ?? null;
    this.#connection.transaction(() => {
      if (original !== null) this.#objects.add({ object: original, createdAtMs: atMs });
      this.#change(
        recordingId,
        `state = @state, source_sha256 = @sourceSha256, layout = @layout, channels = @channels,
         duration_ms = @durationMs, original_object_id = @originalObjectId,
         source_size_bytes = ifnull(@sourceSizeBytes, source_size_bytes)`,
        { state, sourceSha256, layout, channels, durationMs, originalObjectId, sourceSizeBytes },
      );
      this.#audit.append({
        atMs,
        action: 'recording.imported',
        subjectId: recordingId,
        outcome: state === 'ready' ? 'done' : 'interrupted',
        detail: { durationMs, channels, sourceSha256 },
      });
    });
  }

  /**
   * Deletes what an interrupted import had stored, so that it can restart: parts and objects, not jobs and windows,
   * which the same source yields again, nor the parts of a capture, which are that source. Returns the ids of the
   * objects whose files are to be removed.
   */
  restartImport(recordingId: string): string[] {
    return this.#connection.transaction(() => {
      const captured = 'SELECT object_id AS id FROM capture_parts WHERE recording_id = @recordingId';
      const kept = this.#connection.all<{ id: string }>(captured, { recordingId }).map(({ id }) => id);
      const isKept = new Set(kept);
      const objectIds = this.#objects.idsOfRecording(recordingId).filter((id) => !isKept.has(id));
      this.#change(
        recordingId,
        `state = 'importing', source_sha256 = NULL, layout = NULL, channels = NULL, duration_ms = NULL,
         original_object_id = NULL`,
        {},
      );
      this.#connection.run(
        `DELETE FROM objects WHERE recording_id = @recordingId
         AND id NOT IN (SELECT object_id FROM capture_parts WHERE recording_id = @recordingId)`,
        { recordingId },
      );
      this.#connection.run('DELETE FROM voice_activity WHERE recording_id = @recordingId', { recordingId });
      return objectIds;
    });
  }

  rename({ recordingId, name }: { recordingId: string; name: string }): void {
    this.#change(recordingId, 'name = @name', { name });
  }

  /** Puts a recording into a matter, or into none. */
  moveToMatter({ recordingId, matterId }: { recordingId: string; matterId: string | null }): void {
    this.#change(recordingId, 'matter_id = @matterId', { matterId });
  }

  /** Puts a recording into the bin, or with null takes it out. */
  setBinned({ recordingId, binnedAtMs }: { recordingId: string; binnedAtMs: number | null }): void {
    this.#change(recordingId, 'binned_at_ms = @binnedAtMs', { binnedAtMs });
  }

  /** Stores what was chosen for a waiting transcription; null for nothing. Must be valid JSON. */
  setWaitingChoice({ recordingId, choice }: { recordingId: string; choice: unknown }): void {
    const waitingChoice = choice === null ? null : JSON.stringify(choice);
    this.#change(recordingId, 'waiting_choice = @waitingChoice', { waitingChoice });
  }

  /**
   * Deletes all data of a recording, its wrapped keys and its words in the search index included, and empties the
   * write-ahead log. Returns the ids of its objects, whose files the caller removes.
   * Throws `recording.notFound`, and `recording.busy` while a job of it runs or it is being recorded.
   */
  erase({ recordingId, atMs }: { recordingId: string; atMs: number }): string[] {
    const objectIds = this.#connection.transaction(() => {
      const { name } = this.get(recordingId);
      if (this.#isRunning(recordingId)) throw new AppError('recording.busy', { name });
      const ids = this.#objects.idsOfRecording(recordingId);
      const sql = 'SELECT id FROM versions WHERE recording_id = @recordingId ORDER BY number';
      const versions = this.#connection.all<{ id: string }>(sql, { recordingId }).map((row) => row.id);
      forgetPseudonyms(this.#connection, recordingId);
      this.#tombstones.leaving(() =>
        this.#connection.run('DELETE FROM recordings WHERE id = @recordingId', { recordingId }),
      );
      this.#audit.append({
        atMs,
        action: 'recording.erased',
        subjectId: recordingId,
        outcome: 'done',
        detail: { objects: ids.length, versions },
      });
      return ids;
    });
    this.#tombstones.sweepAll();
    this.#connection.checkpoint();
    return objectIds;
  }

  #isRunning(recordingId: string): boolean {
    const sql = `SELECT 1 FROM jobs WHERE recording_id = @recordingId AND state = 'running'
      UNION ALL SELECT 1 FROM captures WHERE recording_id = @recordingId AND state = 'recording' LIMIT 1`;
    return this.#connection.one(sql, { recordingId }) !== null;
  }

  #change(id: string, assignments: string, values: Record<string, string | number | null>): void {
    const changed = this.#connection.run(`UPDATE recordings SET ${assignments} WHERE id = @id`, {
      ...values,
      id,
    });
    if (changed === 0) throw new AppError('recording.notFound', { id });
  }
}

function recordingOf(row: RecordingRow): Recording {
  const waitingChoice: unknown = row.waitingChoice === null ? null : JSON.parse(row.waitingChoice);
  return { ...row, facts: readJson(MediaFacts, row.facts), waitingChoice };
}

/** Inserts a recording; the only place that does. */
export function insertRecording(
  connection: Connection,
  recording: NewRecording & Pick<Recording, 'state' | 'layout' | 'channels' | 'durationMs'>,
): void {
  connection.run(
    `INSERT INTO recordings (id, matter_id, name, source_path, source_size_bytes, source_modified_ms, state, facts,
       track_index, layout, channels, duration_ms, created_at_ms)
     VALUES (@id, @matterId, @name, @sourcePath, @sourceSizeBytes, @sourceModifiedMs, @state, @facts,
       @trackIndex, @layout, @channels, @durationMs, @createdAtMs)`,
    { ...recording, facts: writeJson(MediaFacts, recording.facts) },
  );
}
