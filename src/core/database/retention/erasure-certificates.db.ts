import { createHash } from 'node:crypto';
import { AppError } from '../../../contract/errors.ts';
import { z } from '../../../contract/schema.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, writeJson } from '../json-column.ts';

const Content = z.object({
  /** The certificate as it is saved: its SHA-256 in UTF-8 is in the audit log. */
  text: z.string(),
  recordings: z.number().int(),
  byRetention: z.boolean(),
});

/** A certificate of erasing. */
export interface ErasureCertificate extends z.infer<typeof Content> {
  readonly id: string;
  readonly writtenAtMs: number;
}

type CertificateRow = { id: string; writtenAtMs: number; content: string };

const SELECT = 'SELECT id, written_at_ms AS writtenAtMs, content FROM erasure_certificates';

/** Reads certificates of erasing, which outlive what they are about. */
export class ErasureCertificateReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** All certificates, newest first. */
  list(): ErasureCertificate[] {
    return this.#connection
      .all<CertificateRow>(`${SELECT} ORDER BY written_at_ms DESC, id DESC`)
      .map(certificateOf);
  }

  /** Throws `certificate.notFound`. */
  get(id: string): ErasureCertificate {
    const row = this.#connection.one<CertificateRow>(`${SELECT} WHERE id = @id`, { id });
    if (row === null) throw new AppError('certificate.notFound', {});
    return certificateOf(row);
  }
}

/** Reads and writes certificates of erasing; the audit log has the hash of each. */
export class ErasureCertificates extends ErasureCertificateReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /** Keeps a certificate about the erasing of these recordings. */
  add({ certificate, recordingIds }: { certificate: ErasureCertificate; recordingIds: string[] }): void {
    const { id, writtenAtMs, ...content } = certificate;
    this.#connection.transaction(() => {
      this.#connection.run(
        'INSERT INTO erasure_certificates (id, written_at_ms, content) VALUES (@id, @writtenAtMs, @content)',
        { id, writtenAtMs, content: writeJson(Content, content) },
      );
      this.#audit.append({
        ...{ atMs: writtenAtMs, action: 'erasure.certified', subjectId: id, outcome: 'done' },
        detail: {
          recordings: recordingIds,
          byRetention: content.byRetention,
          certificateHash: createHash('sha256').update(content.text).digest('hex'),
        },
      });
    });
  }
}

function certificateOf({ id, writtenAtMs, content }: CertificateRow): ErasureCertificate {
  return { id, writtenAtMs, ...readJson(Content, content) };
}
