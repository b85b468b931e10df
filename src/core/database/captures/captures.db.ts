import { CaptureMetrics, CaptureOptions } from '../../../contract/capture.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson, writeJson, writeNullableJson } from '../json-column.ts';
import type { ObjectRecord, Objects } from '../recordings/objects.db.ts';
import { insertRecording, type NewRecording } from '../recordings/recordings.db.ts';

/**
 * State of a stored capture. `recording` at the opening of a vault means that its process died: it becomes `unfinished`
 * until the user decides.
 */
export type StoredCaptureState = 'recording' | 'done' | 'broken' | 'unfinished';

/** The capture beside a recording. */
export interface Capture {
  readonly recordingId: string;
  readonly state: StoredCaptureState;
  readonly startedAtMs: number;
  /** Rate and channels of the stored sound: interleaved 16-bit samples, little endian. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly options: CaptureOptions;
  /** The version that holds the live text; null if there is none. */
  readonly liveVersionId: string | null;
  /** The job that transcribes the whole recording; null if it was not wanted. */
  readonly finalJobId: string | null;
  readonly endedAtMs: number | null;
  readonly metrics: CaptureMetrics | null;
}

/** A capture at its start. */
export type NewCapture = Pick<Capture, 'startedAtMs' | 'sampleRate' | 'channels' | 'options'>;

/** A sealed part of a capture: `frameCount` sample frames from `startFrame` on. */
export interface CapturePart {
  readonly recordingId: string;
  readonly partIndex: number;
  readonly startFrame: number;
  readonly frameCount: number;
  readonly object: ObjectRecord;
}

/** A range of a recording for which no sound arrived; it is silence in the stored sound. */
export interface CaptureGap {
  readonly startMs: number;
  readonly endMs: number;
  readonly reason: 'deviceLost' | 'deviceChanged' | 'suspended' | 'framesLost' | 'pageFailed';
}

type CaptureRow = Omit<Capture, 'options' | 'metrics'> & { options: string; metrics: string | null };
type PartRow = Omit<CapturePart, 'object'> & Omit<ObjectRecord, 'recordingId'>;

const SELECT = `SELECT recording_id AS recordingId, state, started_at_ms AS startedAtMs, sample_rate AS sampleRate,
  channels, options, live_version_id AS liveVersionId, final_job_id AS finalJobId, ended_at_ms AS endedAtMs, metrics
  FROM captures`;

const SELECT_PART = `SELECT part.recording_id AS recordingId, part_index AS partIndex, start_frame AS startFrame,
  frame_count AS frameCount, object.id, kind, version, epoch, wrapped_key AS wrappedKey, size_bytes AS sizeBytes,
  chunk_count AS chunkCount
  FROM capture_parts AS part JOIN objects AS object ON object.id = part.object_id`;

/** The part that holds a sample frame. */
export const CAPTURE_PART_AT = `${SELECT_PART}
  WHERE part.recording_id = @recordingId AND start_frame <= @frame ORDER BY start_frame DESC LIMIT 1`;

/** The last part of a capture. */
export const LAST_CAPTURE_PART = `SELECT part_index + 1 AS parts, start_frame + frame_count AS sampleFrames
  FROM capture_parts WHERE recording_id = @recordingId ORDER BY part_index DESC LIMIT 1`;

/** Reads captures. */
export class CaptureReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The capture of a recording; null if that was imported. */
  get(recordingId: string): Capture | null {
    const row = this.#connection.one<CaptureRow>(`${SELECT} WHERE recording_id = @recordingId`, {
      recordingId,
    });
    return row === null ? null : captureOf(row);
  }

  /** All captures, or those in this state, the oldest first. */
  list({ state = null }: { state?: StoredCaptureState | null } = {}): Capture[] {
    const sql = `${SELECT} WHERE state = ifnull(@state, state) ORDER BY started_at_ms`;
    return this.#connection.all<CaptureRow>(sql, { state }).map(captureOf);
  }

  /** How many parts of it are sealed, and how many sample frames they hold together. */
  extent(recordingId: string): { parts: number; sampleFrames: number } {
    const row = this.#connection.one<{ parts: number; sampleFrames: number }>(LAST_CAPTURE_PART, {
      recordingId,
    });
    return row ?? { parts: 0, sampleFrames: 0 };
  }

  /** The part that holds this sample frame, or the last one if the frame is behind it; null without parts. */
  partAt({ recordingId, frame }: { recordingId: string; frame: number }): CapturePart | null {
    const row = this.#connection.one<PartRow>(CAPTURE_PART_AT, { recordingId, frame });
    return row === null ? null : partOf(row);
  }

  /** Its sealed parts in order. */
  parts(recordingId: string): CapturePart[] {
    const sql = `${SELECT_PART} WHERE part.recording_id = @recordingId ORDER BY part_index`;
    return this.#connection.all<PartRow>(sql, { recordingId }).map(partOf);
  }

  gaps(recordingId: string): CaptureGap[] {
    const sql = `SELECT start_ms AS startMs, end_ms AS endMs, reason FROM capture_gaps
      WHERE recording_id = @recordingId ORDER BY start_ms`;
    return this.#connection.all<CaptureGap>(sql, { recordingId });
  }
}

/** Reads and writes captures. */
export class Captures extends CaptureReader {
  readonly #connection: Connection;
  readonly #objects: Objects;

  constructor(connection: Connection, objects: Objects) {
    super(connection);
    this.#connection = connection;
    this.#objects = objects;
  }

  /** Begins a capture in state `recording`, with its recording in state `importing`. */
  begin({ recording, capture }: { recording: NewRecording; capture: NewCapture }): void {
    const { startedAtMs, sampleRate, channels, options } = capture;
    const sound = { layout: null, channels: null, durationMs: null };
    this.#connection.transaction(() => {
      insertRecording(this.#connection, { ...recording, ...sound, state: 'importing' });
      this.#connection.run(
        `INSERT INTO captures (recording_id, state, started_at_ms, sample_rate, channels, options)
         VALUES (@recordingId, 'recording', @startedAtMs, @sampleRate, @channels, @options)`,
        {
          ...{ recordingId: recording.id, startedAtMs, sampleRate, channels },
          options: writeJson(CaptureOptions, options),
        },
      );
    });
  }

  /** Commits a sealed part. */
  commitPart({ part, createdAtMs }: { part: CapturePart; createdAtMs: number }): void {
    const { recordingId, partIndex, startFrame, frameCount, object } = part;
    this.#connection.transaction(() => {
      this.#objects.add({ object, createdAtMs });
      this.#connection.run(
        `INSERT INTO capture_parts (recording_id, part_index, start_frame, frame_count, object_id)
         VALUES (@recordingId, @partIndex, @startFrame, @frameCount, @objectId)`,
        { recordingId, partIndex, startFrame, frameCount, objectId: object.id },
      );
    });
  }

  /** Notes a gap, or replaces the end of the one that begins there. */
  noteGap({ recordingId, gap }: { recordingId: string; gap: CaptureGap }): void {
    const { startMs, endMs, reason } = gap;
    this.#connection.run(
      `INSERT INTO capture_gaps (recording_id, start_ms, end_ms, reason)
       VALUES (@recordingId, @startMs, @endMs, @reason)
       ON CONFLICT (recording_id, start_ms) DO UPDATE SET end_ms = @endMs`,
      { recordingId, startMs, endMs, reason },
    );
  }

  /** Ends a capture; one that was left unfinished too, once the user has decided. */
  end({
    recordingId,
    state,
    endedAtMs,
    metrics,
  }: {
    recordingId: string;
    state: 'done' | 'broken';
    endedAtMs: number;
    metrics: CaptureMetrics | null;
  }): void {
    this.#connection.run(
      `UPDATE captures SET state = @state, ended_at_ms = @endedAtMs, metrics = ifnull(@metrics, metrics)
       WHERE recording_id = @recordingId`,
      { recordingId, state, endedAtMs, metrics: writeNullableJson(CaptureMetrics, metrics) },
    );
  }

  /** Captures whose process died become `unfinished`: to be called when a vault is opened. */
  recoverInterrupted(): void {
    this.#connection.run(`UPDATE captures SET state = 'unfinished' WHERE state = 'recording'`, {});
  }
}

function captureOf({ options, metrics, ...row }: CaptureRow): Capture {
  return {
    ...row,
    options: readJson(CaptureOptions, options),
    metrics: readNullableJson(CaptureMetrics, metrics),
  };
}

function partOf(row: PartRow): CapturePart {
  const { partIndex, startFrame, frameCount, ...object } = row;
  return { recordingId: row.recordingId, partIndex, startFrame, frameCount, object };
}
