import { type ChainHead, canonicalDetail, EMPTY_CHAIN, entryHash } from '../../core/audit/chain.ts';
import type { StoredAuditEntry } from '../../core/audit/entry.ts';
import { type AuditFault, verifyChain } from '../../core/audit/verify-chain.ts';
import type { Connection } from '../../core/database/connection.db.ts';
import { encodeAssociatedData } from '../../core/vault/associated-data.ts';
import { deriveKey } from '../../core/vault/key-derivation.ts';
import { type OfficeAuditAction, OfficeAuditDetail, OfficeAuditEntry } from '../contract/office-audit.ts';

/** An entry to append; the log adds number and hashes. */
export interface NewOfficeEntry {
  readonly tenantId: string;
  readonly atMs: number;
  readonly action: OfficeAuditAction;
  readonly subjectId: string | null;
  readonly outcome?: 'done' | 'refused';
  readonly detail: OfficeAuditDetail;
}

const COLUMNS = `sequence, at_ms AS atMs, action, subject_id AS subjectId, outcome, detail,
  previous_hash AS previousHash, hash`;

const PAGE_LENGTH = 500;

/**
 * An audit log for each tenant: chained like a vault's (`core/audit`), under a key of its own, so that an entry of another tenant's
 * log is an altered one. No head lies beside it: whoever wants to notice a log that was cut off keeps a head elsewhere.
 */
export class OfficeAudit {
  readonly #connection: Connection;
  readonly #root: Buffer;
  readonly #keys = new Map<string, Buffer>();

  /** `databaseKey` is the key of the office's database: that of the logs is derived from it. */
  constructor(connection: Connection, databaseKey: Uint8Array) {
    this.#connection = connection;
    this.#root = deriveKey(databaseKey, Buffer.alloc(0), encodeAssociatedData('voicesync office audit'));
  }

  /** Appends an entry, in the transaction that it is called in, or in one of its own. */
  append({ tenantId, outcome = 'done', detail, ...entry }: NewOfficeEntry): void {
    const told = canonicalDetail(OfficeAuditDetail.parse(detail));
    this.#connection.transaction(() => {
      const previous = this.end(tenantId);
      const row = {
        ...entry,
        ...{ outcome, detail: told, sequence: previous.sequence + 1, previousHash: previous.hash },
      };
      this.#connection.run(
        `INSERT INTO office_audit (tenant_id, sequence, at_ms, action, subject_id, outcome, detail, previous_hash, hash)
         VALUES (@tenantId, @sequence, @atMs, @action, @subjectId, @outcome, @detail, @previousHash, @hash)`,
        { ...row, tenantId, hash: entryHash(this.#keyOf(tenantId), row) },
      );
    });
  }

  /** A tenant's entries after a number (0 for all), oldest first. */
  page(tenantId: string, afterSequence: number, limit: number): OfficeAuditEntry[] {
    return this.#stored(tenantId, afterSequence, limit).map(({ hash, detail, ...entry }) =>
      OfficeAuditEntry.parse({ ...entry, detail: JSON.parse(detail), hash: hash.toString('hex') }),
    );
  }

  /** The end of a tenant's log. */
  end(tenantId: string): ChainHead {
    const sql =
      'SELECT sequence, hash FROM office_audit WHERE tenant_id = @tenantId ORDER BY sequence DESC LIMIT 1';
    return this.#connection.one<ChainHead>(sql, { tenantId }) ?? EMPTY_CHAIN;
  }

  /**
   * Checks every entry of a tenant's log, that each follows the one before, and that `head`, which somebody kept, is in it. Empty for
   * a sound log; see `verifyChain`.
   */
  verify(tenantId: string, head: ChainHead = EMPTY_CHAIN): AuditFault[] {
    return verifyChain(this.#every(tenantId), head, this.#keyOf(tenantId));
  }

  *#every(tenantId: string): Generator<StoredAuditEntry> {
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const page = this.#stored(tenantId, after, PAGE_LENGTH);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.sequence;
    }
  }

  #stored(tenantId: string, after: number, limit: number): StoredAuditEntry[] {
    return this.#connection.all<StoredAuditEntry>(
      `SELECT ${COLUMNS} FROM office_audit WHERE tenant_id = @tenantId AND sequence > @after
       ORDER BY sequence LIMIT @limit`,
      { tenantId, after, limit },
    );
  }

  #keyOf(tenantId: string): Buffer {
    const known = this.#keys.get(tenantId);
    if (known !== undefined) return known;
    const key = deriveKey(this.#root, Buffer.from(tenantId), encodeAssociatedData('voicesync office audit'));
    this.#keys.set(tenantId, key);
    return key;
  }
}
