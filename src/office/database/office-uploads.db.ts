import type { Connection } from '../../core/database/connection.db.ts';
import type { UploadPart } from '../contract/office-api.ts';

/** An upload: what its client declared, and what the store calls it. */
export interface OfficeUpload {
  readonly id: string;
  readonly tenantId: string;
  readonly storeUploadId: string;
  readonly fingerprint: string;
  readonly sizeBytes: number;
  readonly parts: readonly UploadPart[];
  /** Whether there is a job of it. */
  readonly isComplete: boolean;
  readonly createdAtMs: number;
  /** Where its trace was begun by its client; null if that is `traceParentOf` its id. */
  readonly traceParent: string | null;
}

type Row = Omit<OfficeUpload, 'parts' | 'isComplete'> & {
  readonly parts: string;
  readonly isComplete: 0 | 1;
};

const SELECT = `SELECT id, tenant_id AS tenantId, store_upload_id AS storeUploadId, fingerprint, size_bytes AS sizeBytes,
  parts, is_complete AS isComplete, created_at_ms AS createdAtMs,
  trace_parent AS traceParent FROM uploads`;

/** The rows of uploads. */
export class OfficeUploads {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Adds an open upload; false if the id is taken, by whomever. */
  add({ parts, isComplete: _, ...upload }: OfficeUpload): boolean {
    const added = this.#connection.run(
      `INSERT INTO uploads (id, tenant_id, store_upload_id, fingerprint, size_bytes, parts, created_at_ms, trace_parent)
       VALUES (@id, @tenantId, @storeUploadId, @fingerprint, @sizeBytes, @parts, @createdAtMs, @traceParent) ON CONFLICT DO NOTHING`,
      { ...upload, parts: JSON.stringify(parts) },
    );
    return added === 1;
  }

  /** A tenant's upload; null if it has none with this id. */
  get(tenantId: string, id: string): OfficeUpload | null {
    const sql = `${SELECT} WHERE id = @id AND tenant_id = @tenantId`;
    const row = this.#connection.one<Row>(sql, { id, tenantId });
    return row === null ? null : uploadOf(row);
  }

  /** Ids of a tenant's jobs that were made of a file with this fingerprint. */
  jobsOf(tenantId: string, fingerprint: string): string[] {
    const sql =
      'SELECT id FROM uploads WHERE tenant_id = @tenantId AND fingerprint = @fingerprint AND is_complete';
    return this.#connection.all<{ id: string }>(sql, { tenantId, fingerprint }).map(({ id }) => id);
  }

  /** Runs `makeJob` and marks the upload, both or neither; does nothing if it is complete already. */
  complete(id: string, makeJob: () => void): void {
    this.#connection.transaction(() => {
      const marked = this.#connection.run(
        'UPDATE uploads SET is_complete = 1 WHERE id = @id AND NOT is_complete',
        { id },
      );
      if (marked === 1) makeJob();
    });
  }

  /** Forgets an upload. */
  remove(id: string): void {
    this.#connection.run('DELETE FROM uploads WHERE id = @id', { id });
  }

  /** Open uploads that were begun before this time. */
  openSince(beforeMs: number): OfficeUpload[] {
    const sql = `${SELECT} WHERE NOT is_complete AND created_at_ms < @beforeMs`;
    return this.#connection.all<Row>(sql, { beforeMs }).map(uploadOf);
  }
}

function uploadOf({ parts, isComplete, ...row }: Row): OfficeUpload {
  return { ...row, parts: JSON.parse(parts) as UploadPart[], isComplete: isComplete === 1 };
}
