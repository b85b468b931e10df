import { z } from '../../../contract/schema.ts';
import type { Connection, ReadableConnection } from '../connection.ts';
import { readJson, writeJson } from '../json-column.ts';

const Texts = z.array(z.string());
const DefaultOptions = z.record(z.string(), z.unknown());

/** A case, patient or study, with what its recordings have in common. */
export interface Matter {
  readonly id: string;
  readonly name: string;
  /** Words and names to expect. */
  readonly vocabulary: string[];
  readonly speakers: string[];
  /** Options that its jobs start from; only those that were set. */
  readonly defaultOptions: Record<string, unknown>;
  readonly createdAtMs: number;
}

type MatterRow = Omit<Matter, 'vocabulary' | 'speakers' | 'defaultOptions'> & {
  vocabulary: string;
  speakers: string;
  defaultOptions: string;
};

const SELECT = `SELECT id, name, vocabulary, speakers, default_options AS defaultOptions,
  created_at_ms AS createdAtMs FROM matters`;

/** Reads matters. */
export class MatterReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The matter, or null. */
  get(id: string): Matter | null {
    const row = this.#connection.one<MatterRow>(`${SELECT} WHERE id = @id`, { id });
    return row === null ? null : matterOf(row);
  }

  /** All matters, newest first. */
  list(): Matter[] {
    return this.#connection.all<MatterRow>(`${SELECT} ORDER BY created_at_ms DESC, id DESC`).map(matterOf);
  }
}

/** Reads and writes matters. */
export class Matters extends MatterReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  add(matter: Matter): void {
    this.#connection.run(
      `INSERT INTO matters (id, name, vocabulary, speakers, default_options, created_at_ms)
       VALUES (@id, @name, @vocabulary, @speakers, @defaultOptions, @createdAtMs)`,
      rowOf(matter),
    );
  }

  /** Replaces everything about a matter but its id and time. */
  change(matter: Omit<Matter, 'createdAtMs'>): void {
    const { createdAtMs: _, ...row } = rowOf({ ...matter, createdAtMs: 0 });
    this.#connection.run(
      `UPDATE matters SET name = @name, vocabulary = @vocabulary, speakers = @speakers,
         default_options = @defaultOptions WHERE id = @id`,
      row,
    );
  }
}

function matterOf(row: MatterRow): Matter {
  return {
    ...row,
    vocabulary: readJson(Texts, row.vocabulary),
    speakers: readJson(Texts, row.speakers),
    defaultOptions: readJson(DefaultOptions, row.defaultOptions),
  };
}

function rowOf(matter: Matter): MatterRow {
  return {
    ...matter,
    vocabulary: writeJson(Texts, matter.vocabulary),
    speakers: writeJson(Texts, matter.speakers),
    defaultOptions: writeJson(DefaultOptions, matter.defaultOptions),
  };
}
