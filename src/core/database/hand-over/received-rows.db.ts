import { v7 as newId } from 'uuid';
import type { Connection } from '../connection.db.ts';
import type { Row } from './carried-rows.ts';
import { CARRIED_TABLES } from './carried-tables.ts';

/** Columns that name a row without the database knowing: a row may outlive what it names. */
const FURTHER_REFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  recordings: { original_object_id: 'objects' },
  recording_sources: { original_object_id: 'objects' },
  sign_offs: { version_id: 'versions' },
};

/**
 * The rows of a hand-over while they become those of the vault, within one transaction. They may name each other, and no row that
 * was there before: what comes from elsewhere changes nothing but its own matter.
 */
export class ReceivedRows {
  readonly #connection: Connection;
  readonly #ids: Map<string, string>;
  readonly #isTaken: boolean;
  /** The ids of rows by table. */
  readonly #inserted = new Map<string, Set<string>>();
  /** The ids that rows name, by table. */
  readonly #named = new Map<string, Set<string>>();
  readonly #references = new Map<string, Map<string, string>>();

  /** @param ids new ids of some rows; with `isTaken` all others get new ones, too. */
  constructor(connection: Connection, ids: Map<string, string>, isTaken: boolean) {
    this.#connection = connection;
    this.#ids = ids;
    this.#isTaken = isTaken;
    // Rows come in the order of the file: what they refer to is looked at when all are there.
    connection.run('PRAGMA defer_foreign_keys = ON');
  }

  /** A row with the ids that it gets in this vault. */
  withIds(table: string, row: Row): Row {
    const columns = CARRIED_TABLES.find(({ name }) => name === table)?.ids ?? [];
    const own = { ...row };
    for (const column of columns) {
      const id = own[column];
      if (typeof id === 'string') own[column] = this.#idOf(id);
    }
    return own;
  }

  /** Inserts a row. Throws if the database does not take it. */
  insert(table: string, row: Row): void {
    const columns = Object.keys(row);
    this.#connection.run(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`,
      row,
    );
    // Of tables without an id of their own those that are named are named by their recording.
    const id = row.id ?? row.recording_id;
    if (typeof id === 'string') setOf(this.#inserted, table).add(id);
    for (const [column, target] of this.#referencesOf(table)) {
      const named = row[column];
      if (typeof named === 'string') setOf(this.#named, target).add(named);
    }
  }

  /** The ids of the rows of a table. */
  idsOf(table: string): string[] {
    return [...setOf(this.#inserted, table)];
  }

  /** Throws if rows name others than each other, or versions are not made of earlier ones. */
  assertComplete(): void {
    for (const [table, ids] of this.#named) {
      const inserted = setOf(this.#inserted, table);
      for (const id of ids)
        if (!inserted.has(id)) throw new Error(`a row of ${table} is not in the hand-over`);
    }
    const recordings = JSON.stringify(this.idsOf('recordings'));
    const circle = this.#connection.one(
      `SELECT 1 FROM versions AS version JOIN versions AS parent ON parent.id = version.parent_id
       WHERE version.recording_id IN (SELECT value FROM json_each(@recordings))
         AND (parent.number >= version.number OR parent.recording_id <> version.recording_id)`,
      { recordings },
    );
    if (circle !== null) throw new Error('a version is made of a later one');
  }

  #idOf(id: string): string {
    const own = this.#ids.get(id) ?? (this.#isTaken ? newId() : id);
    this.#ids.set(id, own);
    return own;
  }

  /** The tables that columns of a table name. */
  #referencesOf(table: string): Map<string, string> {
    const known = this.#references.get(table);
    if (known !== undefined) return known;
    const keys = this.#connection.all<{ column: string; target: string }>(
      `SELECT "from" AS "column", "table" AS target FROM pragma_foreign_key_list('${table}')`,
    );
    const further = Object.entries(FURTHER_REFERENCES[table] ?? {});
    const found = new Map([...keys.map(({ column, target }) => [column, target] as const), ...further]);
    this.#references.set(table, found);
    return found;
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const known = sets.get(key);
  if (known !== undefined) return known;
  const made = new Set<string>();
  sets.set(key, made);
  return made;
}
