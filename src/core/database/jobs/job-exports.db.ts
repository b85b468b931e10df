import type { ExportFormat } from '../../../contract/document.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

/** A file that a job has written, or was about to when it was interrupted. */
export interface JobExport {
  readonly jobId: string;
  readonly format: ExportFormat;
  /** Absolute. */
  readonly path: string;
  /** Of its content, in hex. */
  readonly sha256: string;
}

/** The file that a job has recorded for a format. */
export const EXPORT_OF_JOB = `SELECT job_id AS jobId, format, path, sha256 FROM job_exports
  WHERE job_id = @jobId AND format = @format`;

/** Reads the files that jobs have written. */
export class JobExportReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The last file of a format that a job has recorded, or null. */
  get({ jobId, format }: { jobId: string; format: ExportFormat }): JobExport | null {
    return this.#connection.one<JobExport>(EXPORT_OF_JOB, { jobId, format });
  }
}

/** Reads and records the files that jobs write. */
export class JobExports extends JobExportReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Records a file before it is renamed to its final name. */
  note({ jobId, format, path, sha256 }: JobExport): void {
    this.#connection.run(
      `INSERT INTO job_exports (job_id, format, path, sha256) VALUES (@jobId, @format, @path, @sha256)
       ON CONFLICT DO UPDATE SET path = excluded.path, sha256 = excluded.sha256`,
      { jobId, format, path, sha256 },
    );
  }
}
