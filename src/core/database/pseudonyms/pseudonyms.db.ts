import { v7 as newId } from 'uuid';
import { Pseudonym, type PseudonymKind } from '../../../contract/pseudonyms.ts';
import { z } from '../../../contract/schema.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson } from '../json-column.ts';
import type { PseudonymScope } from './pseudonym-scope.ts';

const Forms = Pseudonym.shape.forms;
const Texts = z.array(z.string());
const Counts = z.record(z.string(), z.number().int().nonnegative());

interface ScopeRow {
  readonly id: string;
  readonly counts: string;
  readonly plain: string;
}

/** Reads keys of pseudonyms. */
export class PseudonymReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The key of a scope, in the order in which its lines were made. */
  key(scope: PseudonymScope): Pseudonym[] {
    const rows = this.#connection.all<Omit<Pseudonym, 'forms'> & { forms: string }>(
      `SELECT p.id, p.kind, p.label, p.forms FROM pseudonyms p JOIN pseudonym_scopes s ON s.id = p.scope_id
       WHERE s.matter_id IS @matterId AND s.recording_id IS @recordingId ORDER BY p.created_at_ms, p.id`,
      { ...scope },
    );
    return rows.map(({ forms, ...row }) => ({ ...row, forms: readJson(Forms, forms) }));
  }

  /** The texts of a scope that were decided to stay as they are. */
  plain(scope: PseudonymScope): string[] {
    const row = this.scopeRow(scope);
    return row === null ? [] : readJson(Texts, row.plain);
  }

  protected scopeRow(scope: PseudonymScope): ScopeRow | null {
    return this.#connection.one<ScopeRow>(
      `SELECT id, counts, plain FROM pseudonym_scopes
       WHERE matter_id IS @matterId AND recording_id IS @recordingId`,
      { ...scope },
    );
  }
}

/** Reads and writes them. */
export class Pseudonyms extends PseudonymReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** The next number of a kind in a scope. No number is given twice: files that were exported keep their meaning. */
  nextNumber({ scope, kind }: { scope: PseudonymScope; kind: PseudonymKind }): number {
    return this.#connection.transaction(() => {
      const { id, counts } = this.#scope(scope);
      const given = readJson(Counts, counts);
      const next = (given[kind] ?? 0) + 1;
      this.#connection.run('UPDATE pseudonym_scopes SET counts = @counts WHERE id = @id', {
        id,
        counts: writeJson(Counts, { ...given, [kind]: next }),
      });
      return next;
    });
  }

  /** Adds a line to the key of a scope, or changes it. */
  save({ scope, pseudonym, atMs }: { scope: PseudonymScope; pseudonym: Pseudonym; atMs: number }): void {
    this.#connection.transaction(() => {
      const { id: scopeId } = this.#scope(scope);
      const { id, kind, label, forms } = pseudonym;
      this.#connection.run(
        `INSERT INTO pseudonyms (id, scope_id, kind, label, forms, created_at_ms)
         VALUES (@id, @scopeId, @kind, @label, @forms, @atMs)
         ON CONFLICT (id) DO UPDATE SET kind = @kind, label = @label, forms = @forms WHERE scope_id = @scopeId`,
        { id, scopeId, kind, label, forms: writeJson(Forms, forms), atMs },
      );
    });
  }

  /** Deletes a line of the key of a scope. */
  remove({ scope, id }: { scope: PseudonymScope; id: string }): void {
    const { id: scopeId } = this.#scope(scope);
    this.#connection.run('DELETE FROM pseudonyms WHERE id = @id AND scope_id = @scopeId', { id, scopeId });
    this.#connection.checkpoint();
  }

  /** Sets the texts that stay as they are. */
  setPlain({ scope, plain }: { scope: PseudonymScope; plain: readonly string[] }): void {
    const { id } = this.#scope(scope);
    this.#connection.run('UPDATE pseudonym_scopes SET plain = @plain WHERE id = @id', {
      id,
      plain: writeJson(Texts, [...new Set(plain)]),
    });
  }

  /** Remembers which lines of keys a recording says; the lines go with the last recording that says them. */
  use({ recordingId, ids }: { recordingId: string; ids: readonly string[] }): void {
    this.#connection.run(
      `INSERT OR IGNORE INTO pseudonym_uses (recording_id, pseudonym_id)
       SELECT @recordingId, id FROM pseudonyms WHERE id IN (SELECT value FROM json_each(@ids))`,
      { recordingId, ids: JSON.stringify(ids) },
    );
  }

  /**
   * The recording goes from one scope to another: lines that it says go with it, unless the other key has a line for the same
   * words already. A label that is taken there gets a number of that key.
   */
  carry({
    recordingId,
    from,
    to,
    atMs,
  }: {
    recordingId: string;
    from: PseudonymScope;
    to: PseudonymScope;
    atMs: number;
  }): void {
    this.#connection.transaction(() => {
      const said = this.#connection.all<{ id: string }>(
        'SELECT pseudonym_id AS id FROM pseudonym_uses WHERE recording_id = @recordingId',
        { recordingId },
      );
      const isSaid = new Set(said.map(({ id }) => id));
      const known = this.key(to);
      const knownForms = new Set(known.flatMap(({ forms }) => forms));
      const labels = new Set(known.map(({ label }) => label));
      for (const line of this.key(from)) {
        if (!isSaid.has(line.id) || line.forms.some((one) => knownForms.has(one))) continue;
        let { label } = line;
        while (labels.has(label)) label = renumbered(label, this.nextNumber({ scope: to, kind: line.kind }));
        labels.add(label);
        const id = newId();
        this.save({ scope: to, pseudonym: { ...line, id, label }, atMs });
        this.use({ recordingId, ids: [id] });
      }
      this.setPlain({ scope: to, plain: [...this.plain(to), ...this.plain(from)] });
    });
  }

  /** The key was written into a file. */
  noteKeyExported({ subjectId, lines, atMs }: { subjectId: string; lines: number; atMs: number }): void {
    this.#audit.append({
      atMs,
      action: 'pseudonyms.keyExported',
      subjectId,
      outcome: 'done',
      detail: { lines },
    });
  }

  #scope(scope: PseudonymScope): ScopeRow {
    const known = this.scopeRow(scope);
    if (known !== null) return known;
    const row: ScopeRow = { id: newId(), counts: '{}', plain: '[]' };
    this.#connection.run(
      `INSERT INTO pseudonym_scopes (id, matter_id, recording_id, counts, plain)
       VALUES (@id, @matterId, @recordingId, @counts, @plain)`,
      { ...row, ...scope },
    );
    return row;
  }
}

/** Deletes from all keys what only this recording says: it is about to be erased. */
export function forgetPseudonyms(connection: Connection, recordingId: string): void {
  connection.run(
    `DELETE FROM pseudonyms WHERE id IN (
       SELECT pseudonym_id FROM pseudonym_uses GROUP BY pseudonym_id
       HAVING count(*) = 1 AND min(recording_id) = @recordingId)`,
    { recordingId },
  );
}

/** A label with another number: `[Person 4]` for `[Person 1]`. */
function renumbered(label: string, number: number): string {
  return /\d/.test(label)
    ? label.replace(/\d+(?=\D*$)/, String(number))
    : label.replace(/\]?$/, (end) => ` ${number}${end}`);
}
