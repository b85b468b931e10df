import type { Marker } from '../../../contract/capture.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

/** Reads markers. */
export class MarkerReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** A recording's markers by time. */
  list(recordingId: string): Marker[] {
    const sql = `SELECT id, at_ms AS atMs, label FROM markers
      WHERE recording_id = @recordingId ORDER BY at_ms, id`;
    return this.#connection.all<Marker>(sql, { recordingId });
  }
}

/** Reads and writes markers. */
export class Markers extends MarkerReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Adds a marker, or changes it. */
  save({ recordingId, marker }: { recordingId: string; marker: Marker }): void {
    const { id, atMs, label } = marker;
    this.#connection.run(
      `INSERT INTO markers (id, recording_id, at_ms, label) VALUES (@id, @recordingId, @atMs, @label)
       ON CONFLICT (id) DO UPDATE SET at_ms = @atMs, label = @label WHERE recording_id = @recordingId`,
      { id, recordingId, atMs, label },
    );
  }

  delete({ recordingId, id }: { recordingId: string; id: string }): void {
    this.#connection.run('DELETE FROM markers WHERE recording_id = @recordingId AND id = @id', {
      recordingId,
      id,
    });
  }
}
