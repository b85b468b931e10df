import { AppError } from '../../../contract/errors.ts';
import { z } from '../../../contract/schema.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson } from '../json-column.ts';

const Texts = z.array(z.string());
const DefaultOptions = z.record(z.string(), z.unknown());

/** A case, patient or study, with the common settings of its recordings. */
export interface Matter {
  readonly id: string;
  readonly name: string;
  /** The court's or client's number of it; may be empty. */
  readonly caseNumber: string;
  /** Words and names to expect. */
  readonly vocabulary: string[];
  readonly speakers: string[];
  /** Default options of its jobs; only those that were set. */
  readonly defaultOptions: Record<string, unknown>;
  readonly createdAtMs: number;
  /** How its transcripts were exported last, unchecked; null before the first time. */
  readonly lastExport: unknown;
}

/** A matter as it is stored; without a case number it has an empty one. */
export type NewMatter = Omit<Matter, 'lastExport' | 'caseNumber'> & { readonly caseNumber?: string };

type MatterRow = Omit<Matter, 'vocabulary' | 'speakers' | 'defaultOptions' | 'lastExport'> & {
  vocabulary: string;
  speakers: string;
  defaultOptions: string;
  lastExport: string | null;
};

const SELECT = `SELECT id, name, case_number AS caseNumber, vocabulary, speakers, default_options AS defaultOptions,
  created_at_ms AS createdAtMs, last_export AS lastExport FROM matters`;

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
export class MatterRepository extends MatterReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  add(matter: NewMatter): void {
    this.#connection.run(
      `INSERT INTO matters (id, name, case_number, vocabulary, speakers, default_options, created_at_ms)
       VALUES (@id, @name, @caseNumber, @vocabulary, @speakers, @defaultOptions, @createdAtMs)`,
      rowOf(matter),
    );
  }

  /** Replaces every field of a matter but its id and time. */
  change(matter: Omit<NewMatter, 'createdAtMs'>): void {
    const { createdAtMs: _, ...row } = rowOf({ ...matter, createdAtMs: 0 });
    this.#connection.run(
      `UPDATE matters SET name = @name, case_number = @caseNumber, vocabulary = @vocabulary, speakers = @speakers,
         default_options = @defaultOptions WHERE id = @id`,
      row,
    );
  }

  /** Deletes a matter with its settings and known voices; its recordings remain, without a matter. Throws `matter.notFound`. */
  remove({ id, atMs }: { id: string; atMs: number }): void {
    this.#connection.transaction(() => {
      const sql = 'SELECT count(*) AS voices FROM known_voices WHERE matter_id = @id';
      const { voices = 0 } = this.#connection.one<{ voices: number }>(sql, { id }) ?? {};
      if (this.#connection.run('DELETE FROM matters WHERE id = @id', { id }) === 0) {
        throw new AppError('matter.notFound', {});
      }
      const detail = { voices };
      this.#audit.append({ atMs, action: 'matter.deleted', subjectId: id, outcome: 'done', detail });
    });
    this.#connection.checkpoint();
  }

  /** Stores how transcripts of a matter were exported; must be valid JSON. */
  setLastExport({ id, choice }: { id: string; choice: unknown }): void {
    this.#connection.run('UPDATE matters SET last_export = @choice WHERE id = @id', {
      id,
      choice: JSON.stringify(choice),
    });
  }
}

function matterOf(row: MatterRow): Matter {
  return {
    ...row,
    vocabulary: readJson(Texts, row.vocabulary),
    speakers: readJson(Texts, row.speakers),
    defaultOptions: readJson(DefaultOptions, row.defaultOptions),
    lastExport: row.lastExport === null ? null : (JSON.parse(row.lastExport) as unknown),
  };
}

function rowOf(matter: NewMatter): Omit<MatterRow, 'lastExport'> {
  return {
    ...matter,
    caseNumber: matter.caseNumber ?? '',
    vocabulary: writeJson(Texts, matter.vocabulary),
    speakers: writeJson(Texts, matter.speakers),
    defaultOptions: writeJson(DefaultOptions, matter.defaultOptions),
  };
}
