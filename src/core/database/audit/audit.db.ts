import type { AuditHead } from '../../audit/audit-head.ts';
import { type ChainHead, canonicalDetail, EMPTY_CHAIN, entryHash } from '../../audit/chain.ts';
import {
  type AuditAction,
  type AuditEntry,
  NewAuditEntry,
  type StoredAuditEntry,
} from '../../audit/entry.ts';
import { type AuditFault, verifyChain } from '../../audit/verify-chain.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

const COLUMNS = `sequence, at_ms AS atMs, action, subject_id AS subjectId, outcome, detail,
  previous_hash AS previousHash, hash`;

const PAGE_LENGTH = 500;

/** So far back a clock may be set without being doubted. */
const CLOCK_SET_BACK_MS = 60 * 60 * 1000;

/** For so long a vault may lie unused without the clock being doubted: 30 days. */
const CLOCK_JUMP_MS = 30 * 24 * 60 * 60 * 1000;

/** An attacker alters few entries, or so many that the newest ones mean nothing. */
const LOOKED_AT = 20;

/** Reads the audit log. */
export class AuditReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** Entries after the number `afterSequence` (0 for all), oldest first, at most `limit`. */
  page({ afterSequence, limit }: { afterSequence: number; limit: number }): AuditEntry[] {
    return this.storedPage(afterSequence, limit).map(entryOf);
  }

  /** Every entry of these kinds, oldest first. Unreadable ones are left out: `verify` reports them. */
  about(actions: readonly AuditAction[]): AuditEntry[] {
    const rows = this.#connection.all<StoredAuditEntry>(
      `SELECT ${COLUMNS} FROM audit WHERE action IN (SELECT value FROM json_each(@actions)) ORDER BY sequence`,
      { actions: JSON.stringify(actions) },
    );
    return rows.flatMap((row) => (isReadable(row) ? [entryOf(row)] : []));
  }

  /** The newest entry of these kinds, or null. Unreadable ones are skipped: `verify` reports them. */
  last(actions: readonly AuditAction[]): AuditEntry | null {
    const rows = this.#connection.all<StoredAuditEntry>(
      `SELECT ${COLUMNS} FROM audit WHERE action IN (SELECT value FROM json_each(@actions))
       ORDER BY sequence DESC LIMIT ${LOOKED_AT}`,
      { actions: JSON.stringify(actions) },
    );
    const newest = rows.find(isReadable);
    return newest === undefined ? null : entryOf(newest);
  }

  /** The log's end. */
  end(): ChainHead {
    return (
      this.#connection.one<ChainHead>('SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1') ??
      EMPTY_CHAIN
    );
  }

  /**
   * Whether the computer's clock, which says `nowMs`, is to be doubted: it is behind the log by more than
   * `CLOCK_SET_BACK_MS`, or once, or now, jumped beyond all earlier entries by more than `CLOCK_JUMP_MS`, and nobody has
   * confirmed it since. Then the latest time before that; null if there is no doubt, or no log.
   */
  clockDoubt(nowMs: number): { latestAtMs: number } | null {
    return this.#connection.one<{ latestAtMs: number }>(
      `WITH times AS (
         SELECT sequence, at_ms AS atMs, 0 AS isNow FROM audit
         WHERE sequence >= (SELECT coalesce(max(sequence), 0) FROM audit WHERE action = 'clock.confirmed')
         UNION ALL SELECT max(sequence) + 1, @nowMs, 1 FROM audit),
       steps AS (
         SELECT *, max(atMs) OVER (ORDER BY sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latestAtMs
         FROM times)
       SELECT latestAtMs FROM steps
       WHERE atMs > latestAtMs + ${CLOCK_JUMP_MS} OR (isNow AND atMs < latestAtMs - ${CLOCK_SET_BACK_MS})
       ORDER BY sequence DESC LIMIT 1`,
      { nowMs },
    );
  }

  protected hashAt(sequence: number): Buffer | null {
    const sql = 'SELECT hash FROM audit WHERE sequence = @sequence';
    return this.#connection.one<{ hash: Buffer }>(sql, { sequence })?.hash ?? null;
  }

  protected storedPage(afterSequence: number, limit: number): StoredAuditEntry[] {
    return this.#connection.all<StoredAuditEntry>(
      `SELECT ${COLUMNS} FROM audit WHERE sequence > @afterSequence ORDER BY sequence LIMIT @limit`,
      { afterSequence, limit },
    );
  }
}

/**
 * The audit log. Each entry is written in the transaction of the change that it records. A database opened without an
 * audit key keeps no log: it exists no longer than its process.
 */
export class AuditLog extends AuditReader {
  readonly #connection: Connection;
  readonly #head: AuditHead | null;
  readonly #faultsAtOpening: AuditFault[];

  constructor(connection: Connection, head: AuditHead | null) {
    super(connection);
    this.#connection = connection;
    this.#head = head;
    this.#faultsAtOpening = head?.open(this.end(), (sequence) => this.hashAt(sequence)) ?? [];
  }

  /** Appends an entry. Detail accepts numbers, ids, hashes and codes only. */
  append(entry: NewAuditEntry): void {
    const head = this.#head;
    if (head === null) return;
    const { detail, ...told } = NewAuditEntry.parse(entry);
    this.#connection.transaction(() => {
      const previous = this.end();
      const row = {
        ...told,
        sequence: previous.sequence + 1,
        detail: canonicalDetail(detail),
        previousHash: previous.hash,
      };
      const hash = entryHash(head.key, row);
      this.#connection.run(
        `INSERT INTO audit (sequence, at_ms, action, subject_id, outcome, detail, previous_hash, hash)
         VALUES (@sequence, @atMs, @action, @subjectId, @outcome, @detail, @previousHash, @hash)`,
        { ...row, hash },
      );
      this.#connection.afterCommit(() => head.follow({ sequence: row.sequence, hash }));
    });
  }

  /**
   * The faults that the head file showed when the database was opened: a few reads, not the whole check. With a fault
   * the database may be older than the vault's other files: do not delete files by its records.
   */
  faultsAtOpening(): AuditFault[] {
    return this.#faultsAtOpening;
  }

  /**
   * Checks every entry, the chain and the head file; see `verifyChain` for what that proves. Empty for a sound log.
   * Throws an Error without an audit key.
   */
  verify(): AuditFault[] {
    if (this.#head === null) throw new Error('this database was opened without an audit key');
    return verifyChain(this.#everyStored(), this.#head.read(), this.#head.key);
  }

  *#everyStored(): Generator<StoredAuditEntry> {
    let afterSequence = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const page = this.storedPage(afterSequence, PAGE_LENGTH);
      yield* page;
      const last = page.at(-1);
      if (last === undefined) return;
      afterSequence = last.sequence;
    }
  }
}

function entryOf(row: StoredAuditEntry): AuditEntry {
  return { ...row, ...NewAuditEntry.parse({ ...row, detail: JSON.parse(row.detail) }) };
}

function isReadable(row: StoredAuditEntry): boolean {
  try {
    entryOf(row);
    return true;
  } catch {
    return false;
  }
}
