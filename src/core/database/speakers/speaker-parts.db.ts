import type { Connection, ReadableConnection } from '../connection.db.ts';

/** The place of a part: a minute of the working copy's only channel. */
export interface SpeakerPartPlace {
  readonly recordingId: string;
  readonly partIndex: number;
}

/** Reads what was heard of voices, part by part. */
export class SpeakerPartReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** Indexes of the parts that were heard, in order. */
  heard(recordingId: string): number[] {
    const sql = 'SELECT part_index AS part FROM speaker_parts WHERE recording_id = @recordingId ORDER BY 1';
    return this.#connection.all<{ part: number }>(sql, { recordingId }).map(({ part }) => part);
  }

  /** What was heard of a part, packed; null if it was not heard yet. */
  get({ recordingId, partIndex }: SpeakerPartPlace): Uint8Array | null {
    const sql = `SELECT voices FROM speaker_parts
      WHERE recording_id = @recordingId AND part_index = @partIndex`;
    return this.#connection.one<{ voices: Uint8Array }>(sql, { recordingId, partIndex })?.voices ?? null;
  }
}

/** Reads and stores what was heard of voices. */
export class SpeakerParts extends SpeakerPartReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Stores what was heard of a part, in the place of what is there. */
  keep({ recordingId, partIndex, voices }: SpeakerPartPlace & { voices: Uint8Array }): void {
    this.#connection.run(
      `INSERT INTO speaker_parts (recording_id, part_index, voices) VALUES (@recordingId, @partIndex, @voices)
       ON CONFLICT DO UPDATE SET voices = excluded.voices`,
      { recordingId, partIndex, voices: Buffer.from(voices) },
    );
  }
}
