import type { Connection, ReadableConnection } from '../connection.db.ts';

/** The record of a sealed object: its recording and kind, its wrapped key and its plaintext size. */
export interface ObjectRecord {
  readonly id: string;
  readonly recordingId: string;
  readonly kind: 'original' | 'part';
  readonly version: number;
  readonly epoch: number;
  readonly wrappedKey: Buffer;
  readonly sizeBytes: number;
  readonly chunkCount: number;
}

const SELECT = `SELECT id, recording_id AS recordingId, kind, version, epoch, wrapped_key AS wrappedKey,
  size_bytes AS sizeBytes, chunk_count AS chunkCount FROM objects`;

/** Reads the records of sealed objects. */
export class ObjectRowReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The object, or null. */
  get(id: string): ObjectRecord | null {
    return this.#connection.one<ObjectRecord>(`${SELECT} WHERE id = @id`, { id });
  }

  /** Objects whose ids sort after `afterId` ('' for all), at most `limit`. */
  page({ afterId, limit }: { afterId: string; limit: number }): ObjectRecord[] {
    return this.#connection.all<ObjectRecord>(`${SELECT} WHERE id > @afterId ORDER BY id LIMIT @limit`, {
      afterId,
      limit,
    });
  }

  /** Every id: for the sweep of orphaned files. */
  allIds(): string[] {
    return this.#connection.all<{ id: string }>('SELECT id FROM objects ORDER BY id').map((row) => row.id);
  }

  /** The ids of a recording's objects. */
  idsOfRecording(recordingId: string): string[] {
    const sql = 'SELECT id FROM objects WHERE recording_id = @recordingId ORDER BY id';
    return this.#connection.all<{ id: string }>(sql, { recordingId }).map((row) => row.id);
  }
}

/** Reads and writes the records of sealed objects. */
export class Objects extends ObjectRowReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  add({ object, createdAtMs }: { object: ObjectRecord; createdAtMs: number }): void {
    const { id, recordingId, kind, version, epoch, wrappedKey, sizeBytes, chunkCount } = object;
    this.#connection.run(
      `INSERT INTO objects
         (id, recording_id, kind, version, epoch, wrapped_key, size_bytes, chunk_count, created_at_ms)
       VALUES (@id, @recordingId, @kind, @version, @epoch, @wrappedKey, @sizeBytes, @chunkCount, @createdAtMs)`,
      { id, recordingId, kind, version, epoch, wrappedKey, sizeBytes, chunkCount, createdAtMs },
    );
  }
}
