import { v7 as newId } from 'uuid';
import { SqliteConnection } from '../../core/database/connection.db.ts';
import { openEncryptedFile } from '../../core/database/encrypted-file.db.ts';
import { requiredRow } from '../../core/database/required-row.ts';
import type { NotedFile } from '../../core/files/own-file.ts';
import { CLIENT_MIGRATIONS } from './client-tables.db.ts';

/** A recording that this client sends or has sent. */
export interface SentRecording {
  readonly id: string;
  /** Absolute path of the recording, or of the hand-over that it came in. */
  readonly file: string;
  /** Size and time of the file when it was sent: changed, it is another recording. */
  readonly stamp: string;
  /** Which recording of a hand-over; null for a file of its own. */
  readonly handOverRecording: string | null;
  readonly name: string;
  readonly modifiedMs: number;
  /** Null until the store has all of it. */
  readonly jobId: string | null;
  /** `fetched` once its text was written, or packed into `target`. */
  readonly state: 'sending' | 'sent' | 'fetched' | 'failed';
  readonly failureCode: string | null;
  /** The hand-over that its text goes into; null for none. */
  readonly target: string | null;
}

/** Which recording is sent. */
export type SendingRecording = Pick<
  SentRecording,
  'file' | 'stamp' | 'handOverRecording' | 'name' | 'modifiedMs'
>;

/** A matter that the desktop handed over to be transcribed. */
export interface SentHandOver {
  /** Absolute path. */
  readonly file: string;
  readonly stamp: string;
  /** What it goes back as, from the moment on that this is written; null before. */
  readonly target: string | null;
  /** `sent` once the store has all of its recordings. */
  readonly state: 'sending' | 'sent' | 'returned';
}

const SENT = `SELECT id, file, stamp, hand_over_recording AS handOverRecording, name, modified_ms AS modifiedMs,
  job_id AS jobId, state, failure_code AS failureCode, target FROM sent`;

const HAND_OVER = 'SELECT file, stamp, target, state FROM hand_overs';

/**
 * What a client remembers: the names of the files that it has sent, and how far each is. An encrypted file; every method is one
 * transaction that is durable when it returns.
 */
export class ClientState {
  readonly #connection: SqliteConnection;

  private constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** Opens it, creating it if it does not exist. `key` is 32 random bytes. Throws `vault.damaged`, `vault.newer`, the disk's errors. */
  static open(file: string, key: Uint8Array): ClientState {
    return new ClientState(
      new SqliteConnection(openEncryptedFile(file, key, { migrations: CLIENT_MIGRATIONS })),
    );
  }

  close(): void {
    this.#connection.close();
  }

  /** Everything that was sent, in its order; in one of these states, if passed. */
  list(
    states: readonly SentRecording['state'][] = ['sending', 'sent', 'fetched', 'failed'],
  ): SentRecording[] {
    const sql = `${SENT} WHERE state IN (SELECT value FROM json_each(@states)) ORDER BY sent_at_ms, id`;
    return this.#connection.all<SentRecording>(sql, { states: JSON.stringify(states) });
  }

  /** The recordings of a hand-over. */
  ofHandOver({ file, stamp }: Pick<SentHandOver, 'file' | 'stamp'>): SentRecording[] {
    const sql = `${SENT} WHERE file = @file AND stamp = @stamp AND hand_over_recording IS NOT NULL ORDER BY id`;
    return this.#connection.all<SentRecording>(sql, { file, stamp });
  }

  /** Whether a file as it is was sent, or begun to be sent, whatever came of it. */
  isKnown({ file, stamp }: Pick<SentRecording, 'file' | 'stamp'>): boolean {
    const sql = `SELECT 1 FROM sent WHERE file = @file AND stamp = @stamp AND hand_over_recording IS NULL
      UNION ALL SELECT 1 FROM hand_overs WHERE file = @file AND stamp = @stamp`;
    return this.#connection.one(sql, { file, stamp }) !== null;
  }

  /** Notes a recording before anything of it is sent; returns what is known of it, which one that failed begins anew. */
  begin(recording: SendingRecording, atMs: number): SentRecording {
    return this.#connection.transaction(() => {
      this.#connection.run(
        `INSERT INTO sent (id, file, stamp, hand_over_recording, name, modified_ms, sent_at_ms)
         VALUES (@id, @file, @stamp, @handOverRecording, @name, @modifiedMs, @atMs)
         ON CONFLICT DO UPDATE SET state = 'sending', job_id = NULL, failure_code = NULL WHERE state = 'failed'`,
        { ...recording, id: newId(), atMs },
      );
      const sql = `${SENT} WHERE file = @file AND stamp = @stamp AND hand_over_recording IS @handOverRecording`;
      const { file, stamp, handOverRecording } = recording;
      return requiredRow(
        this.#connection.one<SentRecording>(sql, { file, stamp, handOverRecording }),
        'recording',
      );
    });
  }

  /** The store has all of a recording. */
  sent(id: string, jobId: string): void {
    this.#connection.run("UPDATE sent SET state = 'sent', job_id = @jobId WHERE id = @id", { id, jobId });
  }

  failed(id: string, failureCode: string): void {
    this.#connection.run("UPDATE sent SET state = 'failed', failure_code = @failureCode WHERE id = @id", {
      ...{ id, failureCode },
    });
  }

  /** The texts of these recordings are where they belong. */
  fetched(ids: readonly string[]): void {
    const sql = "UPDATE sent SET state = 'fetched' WHERE id IN (SELECT value FROM json_each(@ids))";
    this.#connection.run(sql, { ids: JSON.stringify(ids) });
  }

  /** Notes which hand-over is about to be written of these recordings. */
  packInto(ids: readonly string[], target: string): void {
    const sql = 'UPDATE sent SET target = @target WHERE id IN (SELECT value FROM json_each(@ids))';
    this.#connection.run(sql, { ids: JSON.stringify(ids), target });
  }

  /** The file of this format that was or is about to be written of a recording; null if none was begun. */
  written(sentId: string, format: string): NotedFile | null {
    const sql = 'SELECT file AS path, sha256 FROM written WHERE sent_id = @sentId AND format = @format';
    return this.#connection.one<NotedFile>(sql, { sentId, format });
  }

  noteWritten(sentId: string, format: string, { path, sha256 }: NotedFile): void {
    this.#connection.run(
      `INSERT INTO written (sent_id, format, file, sha256) VALUES (@sentId, @format, @path, @sha256)
       ON CONFLICT DO UPDATE SET file = excluded.file, sha256 = excluded.sha256`,
      { sentId, format, path, sha256 },
    );
  }

  /** Notes a hand-over before anything of it is sent; the same file changed begins anew. */
  beginHandOver({ file, stamp }: Pick<SentHandOver, 'file' | 'stamp'>): void {
    this.#connection.run(
      `INSERT INTO hand_overs (file, stamp) VALUES (@file, @stamp)
       ON CONFLICT DO UPDATE SET stamp = @stamp, target = NULL, state = 'sending' WHERE stamp <> @stamp`,
      { file, stamp },
    );
  }

  /** All of a hand-over's recordings are noted and sent. */
  sentHandOver(file: string): void {
    this.#connection.run("UPDATE hand_overs SET state = 'sent' WHERE file = @file", { file });
  }

  /** What is known of a hand-over; null if it was never sent. */
  handOver({ file, stamp }: Pick<SentHandOver, 'file' | 'stamp'>): SentHandOver | null {
    return this.#connection.one<SentHandOver>(`${HAND_OVER} WHERE file = @file AND stamp = @stamp`, {
      ...{ file, stamp },
    });
  }

  /** Hand-overs in this state. */
  handOvers(state: SentHandOver['state']): SentHandOver[] {
    return this.#connection.all<SentHandOver>(`${HAND_OVER} WHERE state = @state ORDER BY file`, { state });
  }

  /** Notes what a hand-over goes back as, before that is written. */
  returnAs(file: string, target: string): void {
    this.#connection.run('UPDATE hand_overs SET target = @target WHERE file = @file', { file, target });
  }

  returned(file: string): void {
    this.#connection.run("UPDATE hand_overs SET state = 'returned' WHERE file = @file", { file });
  }
}
