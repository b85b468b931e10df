import { AppError } from '../../../contract/errors.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

/** A stored Word template, without its content. */
export interface WordTemplate {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly addedAtMs: number;
}

const SELECT = `SELECT id, name, length(content) AS sizeBytes, added_at_ms AS addedAtMs FROM word_templates`;

/** Reads the Word templates of a vault. */
export class WordTemplateReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** All templates, by name. */
  list(): WordTemplate[] {
    return this.#connection.all<WordTemplate>(`${SELECT} ORDER BY name COLLATE NOCASE, id`);
  }

  /** The file of a template. Throws `template.notFound`. */
  content(id: string): Uint8Array {
    const row = this.#connection.one<{ content: Uint8Array }>(
      'SELECT content FROM word_templates WHERE id = @id',
      { id },
    );
    if (row === null) throw new AppError('template.notFound', {});
    return row.content;
  }
}

/** Reads and writes Word templates. */
export class WordTemplates extends WordTemplateReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Stores a template and returns it; the same file is stored once, under its first name. */
  add(template: {
    id: string;
    name: string;
    sha256: string;
    content: Uint8Array;
    addedAtMs: number;
  }): WordTemplate {
    const { sha256 } = template;
    return this.#connection.transaction(() => {
      const sql = `${SELECT} WHERE sha256 = @sha256`;
      const known = this.#connection.one<WordTemplate>(sql, { sha256 });
      if (known !== null) return known;
      this.#connection.run(
        `INSERT INTO word_templates (id, name, sha256, content, added_at_ms)
         VALUES (@id, @name, @sha256, @content, @addedAtMs)`,
        template,
      );
      this.#log('template.added', template.id, template.addedAtMs);
      const { id, name, content, addedAtMs } = template;
      return { id, name, sizeBytes: content.byteLength, addedAtMs };
    });
  }

  /** Deletes a template. Throws `template.notFound`. */
  remove({ id, atMs }: { id: string; atMs: number }): void {
    this.#connection.transaction(() => {
      if (this.#connection.run('DELETE FROM word_templates WHERE id = @id', { id }) === 0) {
        throw new AppError('template.notFound', {});
      }
      this.#log('template.deleted', id, atMs);
    });
    this.#connection.checkpoint();
  }

  #log(action: 'template.added' | 'template.deleted', subjectId: string, atMs: number): void {
    this.#audit.append({ atMs, action, subjectId, outcome: 'done', detail: {} });
  }
}
