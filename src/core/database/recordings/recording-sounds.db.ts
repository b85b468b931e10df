import { PLAIN_SOUND, type RecordingSound } from '../../../contract/editor-tools.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

/** Reads how recordings are played. */
export class RecordingSoundReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** How a recording is played; plainly if that was never changed. */
  get(recordingId: string): RecordingSound {
    const sql = 'SELECT gain_db AS gainDb, solo FROM recording_sounds WHERE recording_id = @recordingId';
    return this.#connection.one<RecordingSound>(sql, { recordingId }) ?? PLAIN_SOUND;
  }
}

/** Reads and stores how recordings are played. */
export class RecordingSounds extends RecordingSoundReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Stores how a recording is played; does nothing if it is gone. */
  keep({ recordingId, sound }: { recordingId: string; sound: RecordingSound }): void {
    this.#connection.run(
      `INSERT INTO recording_sounds (recording_id, gain_db, solo)
       SELECT id, @gainDb, @solo FROM recordings WHERE id = @recordingId
       ON CONFLICT DO UPDATE SET gain_db = excluded.gain_db, solo = excluded.solo`,
      { recordingId, ...sound },
    );
  }
}
