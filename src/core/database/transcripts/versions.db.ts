import type { NewAuditEntry } from '../../audit/entry.ts';
import { versionContentHash } from '../../audit/version-content.ts';
import type { StoredSegment } from '../../text-alignment/stored-segment.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import { idList, isOneOfIds, where } from '../where.ts';
import type { SegmentCursor, SegmentPage, SegmentReader } from './segments.db.ts';

/** A transcript by the machine, or as edited by the user. */
export interface Version {
  readonly id: string;
  readonly recordingId: string;
  /** The job that made it; null if that was deleted, a user made it, or it is the live text of a capture. */
  readonly jobId: string | null;
  readonly kind: 'machine' | 'edited';
  /** 1 for a recording's first. */
  readonly number: number;
  /**
   * Of an edited version the machine's that it is based on. Of a machine version retranscribed only in a range, the
   * machine version that it was put into and is a copy of outside the range. Else null.
   */
  readonly parentId: string | null;
  readonly createdAtMs: number;
  /** Null while it is being written. */
  readonly completedAtMs: number | null;
  /** See `versionContentHash`; null while it is being written. */
  readonly contentHash: string | null;
}

/** A version at creation. */
export type NewVersion = Pick<Version, 'id' | 'recordingId' | 'jobId' | 'kind' | 'parentId' | 'createdAtMs'>;

/**
 * A version that differs from the audit log.
 * - `altered`: its segments are not those that were recorded when it was finished.
 * - `missing`: it was finished and does not exist, although its recording was not erased.
 * - `unrecorded`: it is finished, but has no entry in the log.
 */
export interface VersionFault {
  readonly kind: 'altered' | 'missing' | 'unrecorded';
  readonly versionId: string;
}

const COLUMNS = `id, recording_id AS recordingId, job_id AS jobId, kind, number, parent_id AS parentId,
  created_at_ms AS createdAtMs, completed_at_ms AS completedAtMs, content_hash AS contentHash`;

const PAGE_LENGTH = 500;

/** A recording whose complete transcript has no words. */
export interface WordlessText {
  readonly recordingId: string;
  /** Speech was detected, but not understood. */
  readonly hasSpeech: boolean;
}

/** Reads versions. */
export class VersionReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The version, or null. */
  get(id: string): Version | null {
    return this.#connection.one<Version>(`SELECT ${COLUMNS} FROM versions WHERE id = @id`, { id });
  }

  /**
   * A recording's current version: the one completed last or, if none is complete, the highest about the whole
   * recording; or its edited version if that has edits not undone. Null if there is none.
   */
  latest(recordingId: string): Version | null {
    const sql = `SELECT ${COLUMNS} FROM latest_versions WHERE recording_id = @recordingId`;
    return this.#connection.one<Version>(sql, { recordingId });
  }

  /** A recording's versions in order. */
  list(recordingId: string): Version[] {
    const sql = `SELECT ${COLUMNS} FROM versions WHERE recording_id = @recordingId ORDER BY number`;
    return this.#connection.all<Version>(sql, { recordingId });
  }

  /** The ids of the recordings that have a transcript, finished or not; only of these unless null. */
  recordingsWithText(recordingIds: readonly string[] | null): string[] {
    const conditions = where(recordingIds !== null && isOneOfIds('recording_id'));
    const sql = `SELECT DISTINCT recording_id AS recordingId FROM versions ${conditions}`;
    const rows = this.#connection.all<{ recordingId: string }>(sql, idList(recordingIds));
    return rows.map((row) => row.recordingId);
  }

  /**
   * The recordings whose transcript is complete and has no segment in any version, with whether speech was detected that
   * no decoding returned words of; of these recordings, of all if null.
   */
  recordingsWithoutWords(recordingIds: readonly string[] | null): WordlessText[] {
    const conditions = where(
      'latest.completed_at_ms IS NOT NULL',
      `NOT EXISTS (SELECT 1 FROM versions JOIN segments ON segments.version_id = versions.id
        WHERE versions.recording_id = latest.recording_id)`,
      recordingIds !== null && isOneOfIds('latest.recording_id'),
    );
    const sql = `SELECT recording_id AS recordingId, EXISTS (SELECT 1 FROM windows
        WHERE windows.job_id = latest.job_id AND json_array_length(findings, '$.notUnderstood') > 0) AS hasSpeech
      FROM latest_versions AS latest ${conditions}`;
    const rows = this.#connection.all<{ recordingId: string; hasSpeech: number }>(sql, idList(recordingIds));
    return rows.map(({ recordingId, hasSpeech }) => ({ recordingId, hasSpeech: hasSpeech === 1 }));
  }

  /** The version that a job writes into, or null. */
  ofJob(jobId: string): Version | null {
    const sql = `SELECT ${COLUMNS} FROM versions WHERE job_id = @jobId AND kind = 'machine'
      ORDER BY number DESC LIMIT 1`;
    return this.#connection.one<Version>(sql, { jobId });
  }

  /** The machine's version of a version: itself, or for an edited one its parent. */
  machineVersion(version: Version): Version {
    if (version.kind === 'machine') return version;
    return requiredRow(version.parentId === null ? null : this.get(version.parentId), 'parent version');
  }

  /**
   * The machine versions that a version consists of, the oldest first: one about the whole recording, then those that
   * were retranscribed in a range, each put into the one before.
   */
  layers(version: Version): Version[] {
    const layers: Version[] = [];
    let layer: Version | null = this.machineVersion(version);
    while (layer !== null) {
      layers.unshift(layer);
      layer = layer.parentId === null ? null : this.get(layer.parentId);
    }
    return layers;
  }
}

/** Reads, begins, finishes and verifies versions. */
export class Versions extends VersionReader {
  readonly #connection: Connection;
  readonly #segments: SegmentReader;
  readonly #audit: AuditLog;

  constructor(connection: Connection, segments: SegmentReader, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#segments = segments;
    this.#audit = audit;
  }

  /** Begins a version; it gets the recording's next number. */
  create(version: NewVersion): Version {
    const { id, recordingId, jobId, kind, parentId, createdAtMs } = version;
    this.#connection.run(
      `INSERT INTO versions (id, recording_id, job_id, kind, number, parent_id, created_at_ms)
       VALUES (@id, @recordingId, @jobId, @kind,
         (SELECT ifnull(max(number), 0) + 1 FROM versions WHERE recording_id = @recordingId), @parentId, @createdAtMs)`,
      { id, recordingId, jobId, kind, parentId, createdAtMs },
    );
    return requiredRow(this.get(id), 'version');
  }

  /**
   * Finishes a version: from then on it never changes. Its content's hash goes into the audit log in the same
   * transaction. Finishing it again changes nothing.
   */
  finish({
    versionId,
    completedAtMs: nowMs,
    detail = {},
  }: {
    versionId: string;
    completedAtMs: number;
    /** Further detail for the audit entry. */
    detail?: NewAuditEntry['detail'];
  }): Version {
    return this.#connection.transaction(() => {
      const version = requiredRow(this.get(versionId), 'version');
      if (version.completedAtMs !== null) return version;
      const completedAtMs = Math.max(nowMs, this.#lastCompletedMs(version.recordingId) + 1);
      const contentHash = this.#contentHash(version);
      this.#connection.run(
        'UPDATE versions SET completed_at_ms = @completedAtMs, content_hash = @contentHash WHERE id = @versionId',
        { versionId, completedAtMs, contentHash },
      );
      this.#audit.append({
        atMs: completedAtMs,
        action: 'version.finished',
        subjectId: versionId,
        outcome: 'done',
        detail: { recordingId: version.recordingId, contentHash, ...detail },
      });
      return { ...version, completedAtMs, contentHash };
    });
  }

  /** Records the finished versions of a recording that came from another vault: their content as it is here. */
  recordReceived({
    recordingId,
    handOver,
    atMs,
  }: {
    recordingId: string;
    handOver: string;
    atMs: number;
  }): void {
    const received = this.#connection.all<Version>(
      `SELECT ${COLUMNS} FROM versions WHERE recording_id = @recordingId AND completed_at_ms IS NOT NULL ORDER BY number`,
      { recordingId },
    );
    for (const version of received) {
      const contentHash = this.#contentHash(version);
      this.#connection.run('UPDATE versions SET content_hash = @contentHash WHERE id = @id', {
        ...{ id: version.id, contentHash },
      });
      const detail = { recordingId, contentHash, handOver };
      this.#audit.append({
        atMs,
        action: 'version.finished',
        subjectId: version.id,
        outcome: 'done',
        detail,
      });
    }
  }

  /**
   * Compares every finished version with what the audit log recorded of it. Meaningful only for a log that is itself
   * sound: verify that first.
   */
  verify(): VersionFault[] {
    const { finished, erased } = this.#recorded();
    const faults: VersionFault[] = [];
    for (const [versionId, contentHash] of finished) {
      const version = this.get(versionId);
      if (version === null) {
        if (!erased.has(versionId)) faults.push({ kind: 'missing', versionId });
      } else if (version.completedAtMs === null || this.#contentHash(version) !== contentHash) {
        faults.push({ kind: 'altered', versionId });
      }
    }
    const complete = this.#connection.all<{ id: string }>(
      'SELECT id FROM versions WHERE completed_at_ms IS NOT NULL ORDER BY id',
    );
    const unrecorded = complete.filter(({ id }) => !finished.has(id));
    return [...faults, ...unrecorded.map(({ id }): VersionFault => ({ kind: 'unrecorded', versionId: id }))];
  }

  /** A version completed later is the current one, even if the clock was set back meanwhile. */
  #lastCompletedMs(recordingId: string): number {
    const sql = 'SELECT max(completed_at_ms) AS lastMs FROM versions WHERE recording_id = @recordingId';
    return this.#connection.one<{ lastMs: number | null }>(sql, { recordingId })?.lastMs ?? 0;
  }

  #contentHash(version: Version): string {
    const { id, recordingId, kind, number } = version;
    return versionContentHash({ versionId: id, recordingId, kind, number, segments: this.#eachSegment(id) });
  }

  *#eachSegment(versionId: string): Generator<StoredSegment> {
    let after: SegmentCursor | null = null;
    do {
      const page: SegmentPage = this.#segments.page({ versionId, after, limit: PAGE_LENGTH });
      yield* page.segments;
      after = page.next;
    } while (after !== null);
  }

  #recorded(): { finished: Map<string, string>; erased: Set<string> } {
    const finished = new Map<string, string>();
    const erased = new Set<string>();
    for (const entry of this.#audit.about(['version.finished', 'recording.erased'])) {
      const { contentHash, versions } = entry.detail;
      if (entry.subjectId !== null && typeof contentHash === 'string')
        finished.set(entry.subjectId, contentHash);
      if (Array.isArray(versions)) for (const id of versions) erased.add(String(id));
    }
    return { finished, erased };
  }
}
