import { listenedPercent, mergedSpans } from '../../../contract/listened.ts';
import { z } from '../../../contract/schema.ts';
import type { PlayedSpan as Played } from '../../../contract/sign-off.ts';
import { PlayedSpan } from '../../../contract/sign-off.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson } from '../json-column.ts';
import { CheckedSegment } from './checked-text.ts';

const Spans = z.array(PlayedSpan);
const Segments = z.array(CheckedSegment);

/** That a person has checked the text of a recording. */
export interface SignOff {
  readonly recordingId: string;
  /** The version that was current then. */
  readonly versionId: string;
  readonly checkedBy: string;
  readonly checkedAtMs: number;
  /** How much of the recording had been played, of how much. */
  readonly listenedMs: number;
  readonly durationMs: number;
  /** See `SaidHash`. */
  readonly textSha256: string;
}

const COLUMNS = `recording_id AS recordingId, version_id AS versionId, checked_by AS checkedBy,
  checked_at_ms AS checkedAtMs, listened_ms AS listenedMs, duration_ms AS durationMs, text_sha256 AS textSha256`;

/** Reads who checked which text, and what was listened to. */
export class SignOffReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The sign-off of a recording's text, or null. */
  get(recordingId: string): SignOff | null {
    const sql = `SELECT ${COLUMNS} FROM sign_offs WHERE recording_id = @recordingId`;
    return this.#connection.one<SignOff>(sql, { recordingId });
  }

  /** The text as it was checked; empty without a sign-off. */
  text(recordingId: string): CheckedSegment[] {
    const sql = 'SELECT segments FROM sign_offs WHERE recording_id = @recordingId';
    const row = this.#connection.one<{ segments: string }>(sql, { recordingId });
    return row === null ? [] : readJson(Segments, row.segments);
  }

  /** What was played of a recording, merged and in order. */
  played(recordingId: string): Played[] {
    const sql = 'SELECT spans FROM listened WHERE recording_id = @recordingId';
    const row = this.#connection.one<{ spans: string }>(sql, { recordingId });
    return row === null ? [] : readJson(Spans, row.spans);
  }
}

/** Reads and writes them; the audit log tells of each sign-off without a name. */
export class SignOffs extends SignOffReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Adds what was played to what is known, and returns all of it. */
  addPlayed({ recordingId, spans }: { recordingId: string; spans: readonly Played[] }): Played[] {
    return this.#connection.transaction(() => {
      const merged = mergedSpans([...this.played(recordingId), ...spans]);
      this.#connection.run(
        `INSERT INTO listened (recording_id, spans) VALUES (@recordingId, @spans)
         ON CONFLICT (recording_id) DO UPDATE SET spans = excluded.spans`,
        { recordingId, spans: writeJson(Spans, merged) },
      );
      return merged;
    });
  }

  /** Stores a sign-off with the text that was checked; it takes the place of an earlier one. */
  add({ signOff, segments }: { signOff: SignOff; segments: readonly CheckedSegment[] }): void {
    const { recordingId, versionId, checkedAtMs, listenedMs, durationMs, textSha256 } = signOff;
    this.#connection.transaction(() => {
      this.#connection.run(
        `INSERT OR REPLACE INTO sign_offs (recording_id, version_id, checked_by, checked_at_ms, listened_ms,
           duration_ms, text_sha256, segments)
         VALUES (@recordingId, @versionId, @checkedBy, @checkedAtMs, @listenedMs, @durationMs, @textSha256, @segments)`,
        { ...signOff, segments: writeJson(Segments, [...segments]) },
      );
      this.#audit.append({
        atMs: checkedAtMs,
        action: 'version.checked',
        subjectId: versionId,
        outcome: 'done',
        detail: {
          listenedPercent: listenedPercent(listenedMs, durationMs),
          textHash: textSha256,
          recordingId,
        },
      });
    });
  }

  /** Takes a sign-off back; returns whether there was one. */
  remove({ recordingId, atMs }: { recordingId: string; atMs: number }): boolean {
    return this.#connection.transaction(() => {
      const known = this.get(recordingId);
      if (known === null) return false;
      this.#connection.run('DELETE FROM sign_offs WHERE recording_id = @recordingId', { recordingId });
      this.#audit.append({
        atMs,
        action: 'version.checkTakenBack',
        subjectId: known.versionId,
        outcome: 'done',
        detail: { recordingId },
      });
      return true;
    });
  }
}
