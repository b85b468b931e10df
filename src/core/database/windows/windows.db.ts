import type { Segment } from '../../../contract/transcript.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson, writeNullableJson } from '../json-column.ts';
import { requiredRow } from '../required-row.ts';
import type { Segments } from '../transcripts/segments.db.ts';
import { WindowFindings, WindowPlan } from './window-content.ts';

/** Which window of which channel of a job. Both count from 0. */
export interface WindowPlace {
  readonly jobId: string;
  readonly channel: number;
  readonly windowIndex: number;
}

/** A window that was planned. */
export interface StoredWindow extends WindowPlace {
  readonly plan: WindowPlan;
  /** The number of its failures. */
  readonly failures: number;
  /** Null until its segments are stored. */
  readonly completedAtMs: number | null;
  readonly inferenceMs: number | null;
  /** Null until it is complete, and if it was completed before findings were stored. */
  readonly findings: WindowFindings | null;
}

/** A transcribed window. */
export interface FinishedWindow extends WindowPlace {
  readonly versionId: string;
  readonly inferenceMs: number;
  readonly completedAtMs: number;
  /** The transcribed segments, in recording time; none is a result too. */
  readonly segments: readonly Segment[];
  readonly findings: WindowFindings;
}

type WindowRow = Omit<StoredWindow, 'plan' | 'findings'> & { plan: string; findings: string | null };

const SELECT = `SELECT job_id AS jobId, channel, window_index AS windowIndex, plan,
  failures, completed_at_ms AS completedAtMs, inference_ms AS inferenceMs, findings FROM windows`;

const AT_PLACE = 'WHERE job_id = @jobId AND channel = @channel AND window_index = @windowIndex';

/** Reads the windows of jobs. */
export class WindowReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The window, or null if none was planned. */
  get({ jobId, channel, windowIndex }: WindowPlace): StoredWindow | null {
    const row = this.#connection.one<WindowRow>(`${SELECT} ${AT_PLACE}`, { jobId, channel, windowIndex });
    return row === null ? null : windowOf(row);
  }

  /** All windows of a job, channel by channel, in order. */
  list(jobId: string): StoredWindow[] {
    const sql = `${SELECT} WHERE job_id = @jobId ORDER BY channel, window_index`;
    return this.#connection.all<WindowRow>(sql, { jobId }).map(windowOf);
  }
}

/** Plans and completes the windows of jobs. */
export class Windows extends WindowReader {
  readonly #connection: Connection;
  readonly #segments: Segments;

  constructor(connection: Connection, segments: Segments) {
    super(connection);
    this.#connection = connection;
    this.#segments = segments;
  }

  /**
   * Stores a window's plan before it runs, and returns the stored plan: if one exists already, it is kept and the new
   * one dropped, so that a resumed job runs the windows it planned.
   */
  plan({ plan, ...place }: WindowPlace & { plan: WindowPlan }): StoredWindow {
    return this.#connection.transaction(() => {
      const planned = this.get(place);
      if (planned !== null) return planned;
      const window = { ...place, plan, failures: 0, completedAtMs: null, inferenceMs: null, findings: null };
      insertWindow(this.#connection, window);
      return requiredRow(this.get(place), 'window');
    });
  }

  /** Counts a failure of a window; returns their number. */
  noteFailure({ jobId, channel, windowIndex }: WindowPlace): number {
    const place = { jobId, channel, windowIndex };
    this.#connection.run(`UPDATE windows SET failures = failures + 1 ${AT_PLACE}`, place);
    return requiredRow(this.get(place), 'window').failures;
  }

  /**
   * Stores a window's segments, their words in the search index and its completion in one transaction. Returns false,
   * and changes nothing, if the window was complete already. Throws an Error if it was never planned.
   */
  complete(result: FinishedWindow): boolean {
    const { jobId, channel, windowIndex, versionId, inferenceMs, completedAtMs, segments, findings } = result;
    return this.#connection.transaction(() => {
      const place = { jobId, channel, windowIndex };
      if (requiredRow(this.get(place), 'window').completedAtMs !== null) return false;
      this.#segments.addOfWindow({ versionId, channel, windowIndex, segments });
      this.#connection.run(
        `UPDATE windows SET completed_at_ms = @completedAtMs, inference_ms = @inferenceMs, findings = @findings
         ${AT_PLACE}`,
        { ...place, completedAtMs, inferenceMs, findings: writeJson(WindowFindings, findings) },
      );
      return true;
    });
  }
}

/** Inserts a window; the only place that does. */
export function insertWindow(connection: Connection, window: StoredWindow): void {
  const { jobId, channel, windowIndex, failures, completedAtMs, inferenceMs } = window;
  connection.run(
    `INSERT INTO windows (job_id, channel, window_index, plan, failures, completed_at_ms, inference_ms, findings)
     VALUES (@jobId, @channel, @windowIndex, @plan, @failures, @completedAtMs, @inferenceMs, @findings)`,
    {
      jobId,
      channel,
      windowIndex,
      failures,
      completedAtMs,
      inferenceMs,
      plan: writeJson(WindowPlan, window.plan),
      findings: writeNullableJson(WindowFindings, window.findings),
    },
  );
}

function windowOf(row: WindowRow): StoredWindow {
  const findings = row.findings === null ? null : readJson(WindowFindings, row.findings);
  return { ...row, plan: readJson(WindowPlan, row.plan), findings };
}
