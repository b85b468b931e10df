import { AppError } from '../../../contract/errors.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection } from '../connection.db.ts';
import type { EditSessions } from '../transcripts/edit-sessions.db.ts';
import type { Versions } from '../transcripts/versions.db.ts';
import { carriedRows, type Row, rowsAsText } from './carried-rows.ts';
import { CARRIED_TABLES, type CarriedTable } from './carried-tables.ts';
import { ReceivedRows } from './received-rows.db.ts';

/** Rows of one table, as a hand-over has them: a JSON array of objects, by column; bytes are `{"base64": …}`. */
export interface RowBatch {
  readonly table: string;
  readonly rows: string;
  readonly count: number;
}

/** A recording that is handed over. */
export interface CarriedRecording {
  readonly id: string;
  readonly name: string;
}

/** A hand-over that is about to be received. */
export interface ArrivingMatter {
  readonly handOverId: string;
  readonly matterId: string;
  readonly recordings: readonly CarriedRecording[];
}

/** What a vault says to a hand-over before it is received. */
export interface Welcome {
  /** The matter that it is already; null if it was not received yet. */
  readonly receivedAs: string | null;
  /** Whether some of its ids are taken: everything gets new ones. */
  readonly isTaken: boolean;
}

/** The repositories that record what was received. */
interface HandOverParts {
  readonly audit: AuditLog;
  readonly versions: Versions;
  readonly editSessions: EditSessions;
}

/** Reads what belongs to a matter, and takes in what was read elsewhere. */
export class HandOvers {
  readonly #connection: Connection;
  readonly #parts: HandOverParts;

  constructor(connection: Connection, parts: HandOverParts) {
    this.#connection = connection;
    this.#parts = parts;
  }

  /** The recordings of a matter that are not in the bin, oldest first. */
  recordings(matterId: string): CarriedRecording[] {
    return this.#connection.all<CarriedRecording>(
      'SELECT id, name FROM recordings WHERE matter_id = @matterId AND binned_at_ms IS NULL ORDER BY id',
      { matterId },
    );
  }

  /** The name of a recording of the matter that is still being made: imported, recorded or transcribed; null if none is. */
  unfinished(matterId: string): string | null {
    const row = this.#connection.one<{ name: string }>(
      `SELECT name FROM recordings WHERE matter_id = @matterId AND binned_at_ms IS NULL AND (state = 'importing'
         OR EXISTS (SELECT 1 FROM jobs WHERE recording_id = recordings.id
           AND state NOT IN ('done', 'failed', 'cancelled'))) ORDER BY id LIMIT 1`,
      { matterId },
    );
    return row?.name ?? null;
  }

  /** The rows of the matter itself; its known voices only if asked for. */
  matterRows({ matterId, withVoices }: { matterId: string; withVoices: boolean }): RowBatch[] {
    const tables = CARRIED_TABLES.filter(
      ({ owner, isVoice }) => owner === 'matter' && !(isVoice && !withVoices),
    );
    return this.#connection.transaction(() => tables.map((table) => this.#batch(table, matterId)));
  }

  /** The rows of a recording, of one moment, but those of large tables. */
  recordingRows(recordingId: string): RowBatch[] {
    const tables = CARRIED_TABLES.filter(({ owner, isLarge }) => owner === 'recording' && !isLarge);
    return this.#connection.transaction(() => tables.map((table) => this.#batch(table, recordingId)));
  }

  /** Some rows of one of a recording's large tables, from the first on that was not read yet. */
  largeRows({
    recordingId,
    table: name,
    from,
    limit,
  }: {
    recordingId: string;
    table: string;
    from: number;
    limit: number;
  }): RowBatch {
    const table = CARRIED_TABLES.find((one) => one.isLarge && one.name === name);
    if (table === undefined) throw new Error(`${name} is no large table`);
    return this.#batch(table, recordingId, { from, limit });
  }

  #batch(
    { name, where, instead = {} }: CarriedTable,
    id: string,
    { from, limit }: { from: number; limit: number } = { from: 0, limit: -1 },
  ): RowBatch {
    const replaced = Object.entries(instead).map(([column, sql]) => `, ${sql} AS ${column}`);
    // Of two columns of one name the latter is taken.
    const rows = this.#connection.all<Row>(
      `SELECT *${replaced.join('')} FROM ${name} WHERE ${where} LIMIT @limit OFFSET @from`,
      { id, from, limit },
    );
    const own = rows.map(({ rowid, ...row }) => row);
    return { table: name, rows: rowsAsText(own), count: rows.length };
  }

  /** Whether a hand-over was received before, and whether its ids are free. */
  welcome({ handOverId, matterId, recordings }: ArrivingMatter): Welcome {
    const received = this.#connection.one<{ name: string }>(
      `SELECT matters.name FROM received_hand_overs AS received JOIN matters ON matters.id = received.matter_id
       WHERE received.id = @handOverId`,
      { handOverId },
    );
    const isThere = (table: string, id: string) =>
      this.#connection.one(`SELECT 1 FROM ${table} WHERE id = @id`, { id }) !== null;
    return {
      receivedAs: received?.name ?? null,
      isTaken: isThere('matters', matterId) || recordings.some(({ id }) => isThere('recordings', id)),
    };
  }

  /** Keeps rows that are arriving, out of sight. */
  arrive({ table, rows }: Pick<RowBatch, 'table' | 'rows'>): void {
    this.#connection.run('INSERT INTO arriving_rows (table_name, rows) VALUES (@table, @rows)', {
      table,
      rows,
    });
  }

  /** Forgets all rows that have arrived and were not received. */
  forgetArrived(): void {
    this.#connection.run('DELETE FROM arriving_rows');
  }

  /**
   * Makes the rows that have arrived those of the vault, all at once. `ids` are the new ids of some rows; with `isTaken` all
   * others get new ones, too. A matter of a name that is taken gets a number. Returns its id and name. Throws
   * `handOver.damaged` if the rows are not such as a vault writes, or name others than each other: then nothing is changed.
   */
  receive({
    file,
    handOverId,
    ids,
    isTaken,
    atMs,
  }: {
    /** The file's name, for errors. */
    file: string;
    handOverId: string;
    ids: readonly (readonly [string, string])[];
    isTaken: boolean;
    atMs: number;
  }): { matterId: string; name: string } {
    return this.#connection.transaction(() => {
      const received = new ReceivedRows(this.#connection, new Map(ids), isTaken);
      let matter: { matterId: string; name: string } | null = null;
      try {
        for (const { table, rows } of this.#arrived()) {
          for (const row of table === 'objects' ? ownObjects(rows) : carriedRows(table, rows)) {
            const own = table === 'objects' ? row : received.withIds(table, row);
            if (table === 'matters') {
              const name = this.#freeName(String(own.name));
              own.name = name;
              matter = { matterId: String(own.id), name };
            }
            received.insert(table, own);
          }
        }
        received.assertComplete();
      } catch (cause) {
        throw new AppError('handOver.damaged', { file }, { cause });
      }
      if (matter === null) throw new AppError('handOver.damaged', { file });
      const { matterId } = matter;
      this.#connection.run(
        'INSERT INTO received_hand_overs (id, matter_id, received_at_ms) VALUES (@handOverId, @matterId, @atMs)',
        { handOverId, matterId, atMs },
      );
      this.forgetArrived();
      const { audit, versions, editSessions } = this.#parts;
      const recordings = received.idsOf('recordings');
      for (const recordingId of recordings) {
        versions.recordReceived({ recordingId, handOver: handOverId, atMs });
        editSessions.bind({ recordingId, atMs });
      }
      const voices = received.idsOf('known_voices').length;
      const detail = { handOver: handOverId, recordings: recordings.length, voices };
      audit.append({ atMs, action: 'matter.received', subjectId: matterId, outcome: 'done', detail });
      return matter;
    });
  }

  /** The rows that have arrived, in the order of the file. */
  *#arrived(): Generator<Pick<RowBatch, 'table' | 'rows'>> {
    for (const { number } of this.#connection.all<{ number: number }>(
      'SELECT number FROM arriving_rows ORDER BY number',
    )) {
      const arrived = this.#connection.one<Pick<RowBatch, 'table' | 'rows'>>(
        'SELECT table_name AS "table", rows FROM arriving_rows WHERE number = @number',
        { number },
      );
      if (arrived !== null) yield arrived;
    }
  }

  #freeName(name: string): string {
    const taken = new Set(
      this.#connection.all<{ name: string }>('SELECT name FROM matters').map((one) => foldedName(one.name)),
    );
    let free = name;
    for (let number = 2; taken.has(foldedName(free)); number += 1) free = `${name} (${number})`;
    return free;
  }
}

/** Objects are recorded by this vault itself, as it seals them. */
function ownObjects(rows: string): Row[] {
  return (JSON.parse(rows) as (Row & { wrapped_key: { base64: string } })[]).map((row) => ({
    ...row,
    wrapped_key: Buffer.from(row.wrapped_key.base64, 'base64'),
  }));
}

function foldedName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
