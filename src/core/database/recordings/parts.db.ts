import { SAMPLES_PER_MS } from '../../../contract/audio.ts';
import type { SoundGain } from '../../../contract/document.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { requiredRow } from '../required-row.ts';
import type { ObjectRecord, Objects } from './objects.db.ts';

/** Which part of which channel of a recording. Channels and parts count from 0. */
export interface PartPlace {
  readonly recordingId: string;
  readonly channel: number;
  readonly partIndex: number;
}

/** One part of a working copy with the object that holds its samples. */
export interface Part extends PartPlace {
  readonly startSample: number;
  readonly sampleCount: number;
  /** The gain applied to its audio, in whole dB. */
  readonly gainDb: number;
  readonly object: ObjectRecord;
}

/** The analysis of a part, computed at decoding; opaque to the database. */
export interface PartAnalysis {
  /** One entry for each frame of 20 ms. */
  readonly features: Buffer;
  readonly peaks: Buffer;
}

/** A part as it is committed. */
export type NewPart = Omit<Part, 'object'> & PartAnalysis;

type PartRow = Omit<Part, 'object'> & Omit<ObjectRecord, 'recordingId'>;

const SELECT = `SELECT part.recording_id AS recordingId, channel, part_index AS partIndex,
  start_sample AS startSample, sample_count AS sampleCount, gain_db AS gainDb, object.id, kind, version, epoch,
  wrapped_key AS wrappedKey, size_bytes AS sizeBytes, chunk_count AS chunkCount
  FROM parts AS part JOIN objects AS object ON object.id = part.object_id`;

/** The least and the greatest gain of a recording's parts. */
export const GAINS_OF_RECORDING = `SELECT ifnull(min(gain_db), 0) AS leastDb, ifnull(max(gain_db), 0) AS greatestDb
  FROM parts WHERE recording_id = @recordingId`;

/** Reads the parts of working copies. */
export class PartReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The parts of one channel in order, without their analysis. */
  list({ recordingId, channel }: { recordingId: string; channel: number }): Part[] {
    const sql = `${SELECT} WHERE part.recording_id = @recordingId AND channel = @channel ORDER BY part_index`;
    return this.#connection.all<PartRow>(sql, { recordingId, channel }).map(partOf);
  }

  /** The part, without its analysis, or null. */
  get({ recordingId, channel, partIndex }: PartPlace): Part | null {
    const row = this.#connection.one<PartRow>(
      `${SELECT} WHERE part.recording_id = @recordingId AND channel = @channel AND part_index = @partIndex`,
      { recordingId, channel, partIndex },
    );
    return row === null ? null : partOf(row);
  }

  /** A part's features and peaks. Throws an Error if there is no such part. */
  analysis({ recordingId, channel, partIndex }: PartPlace): PartAnalysis {
    const row = this.#connection.one<PartAnalysis>(
      `SELECT features, peaks FROM parts
       WHERE recording_id = @recordingId AND channel = @channel AND part_index = @partIndex`,
      { recordingId, channel, partIndex },
    );
    return requiredRow(row, 'part');
  }

  /** The peaks of one channel's parts, in order. */
  peaks({ recordingId, channel }: { recordingId: string; channel: number }): Buffer[] {
    const sql = `SELECT peaks FROM parts
      WHERE recording_id = @recordingId AND channel = @channel ORDER BY part_index`;
    return this.#connection.all<{ peaks: Buffer }>(sql, { recordingId, channel }).map((row) => row.peaks);
  }

  /** The least and greatest gain of a recording's audio, in whole dB; 0 if it has no parts. */
  gain(recordingId: string): SoundGain {
    const row = this.#connection.one<SoundGain>(GAINS_OF_RECORDING, { recordingId });
    return requiredRow(row, 'part');
  }

  /** The number of parts of one channel, and their duration in ms. */
  count({ recordingId, channel }: { recordingId: string; channel: number }): {
    parts: number;
    durationMs: number;
  } {
    const row = this.#connection.one<{ parts: number; samples: number }>(
      `SELECT count(*) AS parts, ifnull(sum(sample_count), 0) AS samples FROM parts
       WHERE recording_id = @recordingId AND channel = @channel`,
      { recordingId, channel },
    );
    const { parts, samples } = requiredRow(row, 'part');
    return { parts, durationMs: Math.floor(samples / SAMPLES_PER_MS) };
  }
}

/** Reads and commits the parts of working copies. */
export class Parts extends PartReader {
  readonly #connection: Connection;
  readonly #objects: Objects;

  constructor(connection: Connection, objects: Objects) {
    super(connection);
    this.#connection = connection;
    this.#objects = objects;
  }

  /** Commits a part with its sealed object. */
  commit({ part, object, createdAtMs }: { part: NewPart; object: ObjectRecord; createdAtMs: number }): void {
    const { recordingId, channel, partIndex, startSample, sampleCount, gainDb, features, peaks } = part;
    this.#connection.transaction(() => {
      this.#objects.add({ object, createdAtMs });
      this.#connection.run(
        `INSERT INTO parts
           (recording_id, channel, part_index, start_sample, sample_count, gain_db, object_id, features, peaks)
         VALUES
           (@recordingId, @channel, @partIndex, @startSample, @sampleCount, @gainDb, @objectId, @features, @peaks)`,
        {
          ...{ recordingId, channel, partIndex, startSample, sampleCount, gainDb },
          ...{ objectId: object.id, features, peaks },
        },
      );
    });
  }
}

function partOf(row: PartRow): Part {
  const { channel, partIndex, startSample, sampleCount, gainDb, ...object } = row;
  return { recordingId: row.recordingId, channel, partIndex, startSample, sampleCount, gainDb, object };
}
