import { v7 as newId } from 'uuid';
import type { Span } from '../../../contract/audio.ts';
import { TextMaking } from '../../../contract/text-making.ts';
import type { Segment } from '../../../contract/transcript.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import type { JobWriter } from '../jobs/job-writer.db.ts';
import type { NewJob } from '../jobs/jobs.db.ts';
import { readNullableJson, writeJson } from '../json-column.ts';
import { requiredRow } from '../required-row.ts';
import type { Segments } from '../transcripts/segments.db.ts';
import type { Version, Versions } from '../transcripts/versions.db.ts';

/** What live texts use of the other repositories. */
interface LiveTextParts {
  readonly versions: Versions;
  readonly segments: Segments;
  readonly jobs: JobWriter;
}

/** Reads the live texts of captures. */
export class LiveTextReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** How a live text was made; null if the version is none. */
  making(versionId: string): TextMaking | null {
    const row = this.#connection.one<{ making: string | null }>(
      'SELECT live_making AS making FROM captures WHERE live_version_id = @versionId',
      { versionId },
    );
    return readNullableJson(TextMaking, row?.making ?? null);
  }

  /** The times of a version's own segments, in the order of their starts. */
  spans(versionId: string): Span[] {
    const sql =
      'SELECT start_ms AS startMs, end_ms AS endMs FROM segments WHERE version_id = @versionId ORDER BY start_ms';
    return this.#connection.all<Span>(sql, { versionId });
  }

  /** The live text that a job's result is put into: null unless it is the final job of a capture that has one. */
  versionOfFinalJob(jobId: string): string | null {
    const row = this.#connection.one<{ versionId: string | null }>(
      'SELECT live_version_id AS versionId FROM captures WHERE final_job_id = @jobId',
      { jobId },
    );
    return row?.versionId ?? null;
  }

  /** Whether a job transcribes a whole capture, with or without live text. */
  isFinalJob(jobId: string): boolean {
    const sql = 'SELECT recording_id FROM captures WHERE final_job_id = @jobId';
    return this.#connection.one(sql, { jobId }) !== null;
  }
}

/** Begins, extends and finishes the live texts of captures: each is a machine version without a job. */
export class LiveTexts extends LiveTextReader {
  readonly #connection: Connection;
  readonly #parts: LiveTextParts;

  constructor(connection: Connection, parts: LiveTextParts) {
    super(connection);
    this.#connection = connection;
    this.#parts = parts;
  }

  /** Begins the live text of a recording that has a capture row. */
  begin({ recordingId, making, atMs }: { recordingId: string; making: TextMaking; atMs: number }): Version {
    return this.#connection.transaction(() => {
      const version = this.#parts.versions.create({
        id: newId(),
        recordingId,
        jobId: null,
        kind: 'machine',
        parentId: null,
        createdAtMs: atMs,
      });
      const changed = this.#connection.run(
        'UPDATE captures SET live_version_id = @versionId WHERE recording_id = @recordingId',
        { recordingId, versionId: version.id },
      );
      if (changed !== 1) throw new Error('A live text belongs to a capture');
      // What the final job may have begun meanwhile is put into it.
      this.#connection.run(
        `UPDATE versions SET parent_id = @versionId WHERE completed_at_ms IS NULL AND kind = 'machine'
           AND job_id = (SELECT final_job_id FROM captures WHERE recording_id = @recordingId)`,
        { recordingId, versionId: version.id },
      );
      this.setMaking({ recordingId, making });
      return version;
    });
  }

  /** Changes how the text is made. */
  setMaking({ recordingId, making }: { recordingId: string; making: TextMaking }): void {
    this.#connection.run('UPDATE captures SET live_making = @making WHERE recording_id = @recordingId', {
      recordingId,
      making: writeJson(TextMaking, making),
    });
  }

  /** Adds segments to a live text that is not finished; returns their ids, in the same order. */
  add({
    versionId,
    channel,
    segments,
  }: {
    versionId: string;
    channel: number;
    segments: readonly Segment[];
  }): string[] {
    return this.#connection.transaction(() => {
      const sql =
        'SELECT ifnull(max(window_index), -1) + 1 AS next FROM segments WHERE version_id = @versionId';
      const { next } = requiredRow(this.#connection.one<{ next: number }>(sql, { versionId }), 'count');
      return this.#parts.segments.addOfWindow({ versionId, channel, windowIndex: next, segments });
    });
  }

  /**
   * Finishes the live text of a recording, if it has an unfinished one. One without a word is none, unless the user has
   * typed into it: it is dropped, and the final job's version stands by itself.
   */
  finish({ recordingId, atMs }: { recordingId: string; atMs: number }): void {
    this.#connection.transaction(() => {
      const row = this.#connection.one<{ versionId: string | null }>(
        'SELECT live_version_id AS versionId FROM captures WHERE recording_id = @recordingId',
        { recordingId },
      );
      const versionId = row?.versionId ?? null;
      if (versionId === null) return;
      const parameters = { versionId };
      const edited = this.#connection.one(
        "SELECT id FROM versions WHERE parent_id = @versionId AND kind = 'edited'",
        parameters,
      );
      if (edited !== null || this.#parts.segments.count(versionId) > 0) {
        this.#parts.versions.finish({ versionId, completedAtMs: atMs, detail: { live: true } });
        return;
      }
      this.#connection.run('UPDATE versions SET parent_id = NULL WHERE parent_id = @versionId', parameters);
      this.#connection.run(
        'UPDATE captures SET live_version_id = NULL, live_making = NULL WHERE live_version_id = @versionId',
        parameters,
      );
      this.#connection.run('DELETE FROM versions WHERE id = @versionId', parameters);
    });
  }

  /**
   * Called once when a vault is opened, after `captures.recoverInterrupted`: finishes the live texts of sessions that a
   * dead process left, and pauses their final jobs, which wait for the user's decision.
   */
  recoverInterrupted(atMs: number): void {
    this.#connection.transaction(() => {
      const rows = this.#connection.all<{ recordingId: string; jobId: string | null }>(
        "SELECT recording_id AS recordingId, final_job_id AS jobId FROM captures WHERE state = 'unfinished'",
      );
      for (const { recordingId, jobId } of rows) {
        this.finish({ recordingId, atMs });
        if (jobId !== null && this.#parts.jobs.get(jobId).state === 'queued')
          this.#parts.jobs.setState({ jobId, state: 'paused' });
      }
    });
  }

  /** Queues the final job of a capture. */
  addFinalJob(job: NewJob): void {
    this.#connection.transaction(() => {
      this.#parts.jobs.add(job);
      const changed = this.#connection.run(
        'UPDATE captures SET final_job_id = @jobId WHERE recording_id = @recordingId',
        { jobId: job.id, recordingId: job.recordingId },
      );
      if (changed !== 1) throw new Error('A final job belongs to a capture');
    });
  }
}
