import type { NewAuditEntry } from '../../audit/entry.ts';
import type { AuditLog } from '../audit/audit.db.ts';
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

/** Reads, stores and deletes known voices. The audit log tells of each, never of the voice or its name. */
export class KnownVoices extends KnownVoiceReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  add({ embedding, ...voice }: KnownVoice): void {
    const { buffer, byteOffset, byteLength } = embedding;
    this.#connection.transaction(() => {
      this.#connection.run(
        `INSERT INTO known_voices
          (id, matter_id, name, embedding, speech_ms, recording_id, remembered_at_ms, expires_at_ms)
         VALUES (@id, @matterId, @name, @embedding, @speechMs, @recordingId, @rememberedAtMs, @expiresAtMs)`,
        { ...voice, embedding: Buffer.from(buffer, byteOffset, byteLength) },
      );
      const { id, matterId: matter, recordingId: recording, rememberedAtMs, expiresAtMs } = voice;
      const detail = { matter, recording, expiresAtMs };
      this.#tell({ action: 'voice.remembered', atMs: rememberedAtMs, id, detail });
    });
  }

  /** Sets when a voice expires; null: never. A voice that is gone stays so. */
  setExpiry({ id, expiresAtMs, atMs }: { id: string; expiresAtMs: number | null; atMs: number }): void {
    this.#connection.transaction(() => {
      const sql = 'UPDATE known_voices SET expires_at_ms = @expiresAtMs WHERE id = @id';
      if (this.#connection.run(sql, { id, expiresAtMs }) === 0) return;
      this.#tell({ action: 'voice.expiryChanged', atMs, id, detail: { expiresAtMs } });
    });
  }

  /** Deletes voices for good: what held them is overwritten. */
  forget({ ids, atMs }: { ids: readonly string[]; atMs: number }): void {
    this.#connection.transaction(() => this.#delete(ids, 'voice.forgotten', atMs));
    this.#connection.checkpoint();
  }

  /** Deletes the voices whose time is over, likewise; returns how many. */
  deleteExpired({ nowMs }: { nowMs: number }): number {
    const sql = 'SELECT id FROM known_voices WHERE expires_at_ms <= @nowMs ORDER BY id';
    const ids = this.#connection.all<{ id: string }>(sql, { nowMs }).map(({ id }) => id);
    if (ids.length === 0) return 0;
    this.#connection.transaction(() => this.#delete(ids, 'voice.expired', nowMs));
    this.#connection.checkpoint();
    return ids.length;
  }

  #delete(ids: readonly string[], action: 'voice.forgotten' | 'voice.expired', atMs: number): void {
    for (const id of ids) {
      if (this.#connection.run('DELETE FROM known_voices WHERE id = @id', { id }) === 0) continue;
      this.#tell({ action, atMs, id, detail: {} });
    }
  }

  #tell({ id, ...entry }: Pick<NewAuditEntry, 'action' | 'atMs' | 'detail'> & { id: string }): void {
    this.#audit.append({ ...entry, subjectId: id, outcome: 'done' });
  }
}
