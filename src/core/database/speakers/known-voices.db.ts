import type { Connection, ReadableConnection } from '../connection.db.ts';

/** A voice that is remembered in a matter. */
export interface KnownVoice {
  readonly id: string;
  readonly matterId: string;
  readonly name: string;
  /** 192 numbers, together of length 1. */
  readonly embedding: Float32Array;
  readonly speechMs: number;
  /** The recording that it was learnt from; null once that is gone. */
  readonly recordingId: string | null;
  readonly rememberedAtMs: number;
  /** Null: kept until deleted. */
  readonly expiresAtMs: number | null;
}

type KnownVoiceRow = Omit<KnownVoice, 'embedding'> & { readonly embedding: Uint8Array };

/** Reads known voices. */
export class KnownVoiceReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The voices of a matter, or of all (null), that have not expired, by name. */
  list({ matterId, nowMs }: { matterId: string | null; nowMs: number }): KnownVoice[] {
    const sql = `SELECT id, matter_id AS matterId, name, embedding, speech_ms AS speechMs, recording_id AS recordingId,
        remembered_at_ms AS rememberedAtMs, expires_at_ms AS expiresAtMs
      FROM known_voices
      WHERE (@matterId IS NULL OR matter_id = @matterId) AND (expires_at_ms IS NULL OR expires_at_ms > @nowMs)
      ORDER BY name, id`;
    return this.#connection.all<KnownVoiceRow>(sql, { matterId, nowMs }).map((row) => ({
      ...row,
      embedding: new Float32Array(Uint8Array.from(row.embedding).buffer),
    }));
  }
}

/** Reads, stores and deletes known voices. */
export class KnownVoices extends KnownVoiceReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  add({ embedding, ...voice }: KnownVoice): void {
    const { buffer, byteOffset, byteLength } = embedding;
    this.#connection.run(
      `INSERT INTO known_voices
        (id, matter_id, name, embedding, speech_ms, recording_id, remembered_at_ms, expires_at_ms)
       VALUES (@id, @matterId, @name, @embedding, @speechMs, @recordingId, @rememberedAtMs, @expiresAtMs)`,
      { ...voice, embedding: Buffer.from(buffer, byteOffset, byteLength) },
    );
  }

  setExpiry({ id, expiresAtMs }: { id: string; expiresAtMs: number | null }): void {
    this.#connection.run('UPDATE known_voices SET expires_at_ms = @expiresAtMs WHERE id = @id', {
      id,
      expiresAtMs,
    });
  }

  delete({ id }: { id: string }): void {
    this.#connection.run('DELETE FROM known_voices WHERE id = @id', { id });
  }

  /** Deletes the voices whose time is over; returns how many. */
  deleteExpired({ nowMs }: { nowMs: number }): number {
    return this.#connection.run('DELETE FROM known_voices WHERE expires_at_ms <= @nowMs', { nowMs });
  }
}
