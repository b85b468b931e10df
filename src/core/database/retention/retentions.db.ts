import { AppError } from '../../../contract/errors.ts';
import type { AuditLog } from '../audit/audit.db.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { idList, isOneOfIds } from '../where.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a matter keeps its recordings. */
export interface StoredRetention {
  readonly matterId: string;
  /** Days from a recording's import; null: without an end. */
  readonly days: number | null;
  /** Whether what is due goes without a question, once `confirmed`. */
  readonly automatic: boolean;
  /** Whether the user has confirmed once what goes by this rule. */
  readonly confirmed: boolean;
  /** Since when nothing of the matter may be erased; null if it may. */
  readonly heldSinceMs: number | null;
}

/** A recording with the end of its retention. */
export interface StoredDue {
  readonly recordingId: string;
  readonly name: string;
  readonly matterId: string;
  readonly matterName: string;
  readonly importedAtMs: number;
  readonly dueAtMs: number;
  readonly days: number;
  /** Whether it goes without a question. */
  readonly automatic: boolean;
}

type RetentionRow = Omit<StoredRetention, 'automatic' | 'confirmed'> & {
  automatic: number;
  confirmed: number;
};
type DueRow = Omit<StoredDue, 'automatic'> & { automatic: number };

/** Reads how long matters keep their recordings, and which are due. */
export class RetentionReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The retention of a matter, or null if none was ever set. */
  get(matterId: string): StoredRetention | null {
    const row = this.#connection.one<RetentionRow>(
      `SELECT matter_id AS matterId, days, automatic, confirmed, held_since_ms AS heldSinceMs FROM retentions
       WHERE matter_id = @matterId`,
      { matterId },
    );
    if (row === null) return null;
    return { ...row, automatic: row.automatic === 1, confirmed: row.confirmed === 1 };
  }

  /**
   * The recordings whose time is over at `untilMs`, those in the bin too, the first to go first; of one matter if passed.
   * Days are counted from when a recording was added to the vault. Nothing of a held matter is due.
   */
  due({ untilMs, matterId = null }: { untilMs: number; matterId?: string | null }): StoredDue[] {
    const rows = this.#connection.all<DueRow>(
      `SELECT r.id AS recordingId, r.name, m.id AS matterId, m.name AS matterName, r.created_at_ms AS importedAtMs,
         r.created_at_ms + t.days * ${DAY_MS} AS dueAtMs, t.days, t.automatic AND t.confirmed AS automatic
       FROM retentions t JOIN matters m ON m.id = t.matter_id JOIN recordings r ON r.matter_id = t.matter_id
       WHERE t.days IS NOT NULL AND t.held_since_ms IS NULL AND (@matterId IS NULL OR t.matter_id = @matterId)
         AND r.created_at_ms + t.days * ${DAY_MS} <= @untilMs
       ORDER BY dueAtMs, r.id`,
      { untilMs, matterId },
    );
    return rows.map((row) => ({ ...row, automatic: row.automatic === 1 }));
  }

  /** The ids of the matters that are held. */
  heldMatterIds(): string[] {
    const sql =
      'SELECT matter_id AS matterId FROM retentions WHERE held_since_ms IS NOT NULL ORDER BY matter_id';
    return this.#connection.all<{ matterId: string }>(sql).map(({ matterId }) => matterId);
  }

  /** The name of the held matter that one of these recordings belongs to; null if there is none. */
  heldMatterOf(recordingIds: readonly string[]): string | null {
    const row = this.#connection.one<{ name: string }>(
      `SELECT name FROM matters WHERE id IN (
         SELECT matter_id FROM recordings WHERE ${isOneOfIds('id')}
         INTERSECT SELECT matter_id FROM retentions WHERE held_since_ms IS NOT NULL)`,
      idList(recordingIds),
    );
    return row?.name ?? null;
  }
}

/** Reads and writes retentions; the audit log tells of each change. */
export class Retentions extends RetentionReader {
  readonly #connection: Connection;
  readonly #audit: AuditLog;

  constructor(connection: Connection, audit: AuditLog) {
    super(connection);
    this.#connection = connection;
    this.#audit = audit;
  }

  /**
   * Sets for how many days a matter keeps its recordings, null for without an end. What another rule would erase is asked
   * anew. Throws `matter.notFound`.
   */
  set(wanted: { matterId: string; days: number | null; automatic: boolean; atMs: number }): void {
    const { matterId, days, automatic, atMs } = wanted;
    this.#connection.transaction(() => {
      this.#makeRow(matterId);
      const known = this.get(matterId);
      if (known?.days === days && known.automatic === automatic) return;
      this.#connection.run(
        `UPDATE retentions SET days = @days, automatic = @automatic,
           confirmed = CASE WHEN days IS @days THEN confirmed ELSE 0 END WHERE matter_id = @matterId`,
        { matterId, days, automatic: automatic ? 1 : 0 },
      );
      this.#audit.append({
        ...{ atMs, action: 'retention.set', subjectId: matterId, outcome: 'done' },
        detail: { days, automatic },
      });
    });
  }

  /** Holds a matter, so that nothing of it is erased, or releases it. Throws `matter.notFound`. */
  hold({ matterId, held, atMs }: { matterId: string; held: boolean; atMs: number }): void {
    this.#connection.transaction(() => {
      this.#makeRow(matterId);
      const since = this.get(matterId)?.heldSinceMs ?? null;
      if ((since !== null) === held) return;
      // What became due meanwhile is not to vanish without a question.
      this.#connection.run(
        'UPDATE retentions SET held_since_ms = @since, confirmed = 0 WHERE matter_id = @matterId',
        { matterId, since: held ? atMs : null },
      );
      const action = held ? 'retention.held' : 'retention.released';
      this.#audit.append({ atMs, action, subjectId: matterId, outcome: 'done', detail: {} });
    });
  }

  /** Whether the user has confirmed what goes by a matter's rule. */
  setConfirmed({ matterId, confirmed }: { matterId: string; confirmed: boolean }): void {
    this.#connection.run('UPDATE retentions SET confirmed = @confirmed WHERE matter_id = @matterId', {
      matterId,
      confirmed: confirmed ? 1 : 0,
    });
  }

  /** Notes that the user has confirmed the computer's clock. What is due by then is not to vanish without a question. */
  confirmClock({ atMs }: { atMs: number }): void {
    this.#connection.transaction(() => {
      this.#connection.run('UPDATE retentions SET confirmed = 0', {});
      this.#audit.append({ atMs, action: 'clock.confirmed', subjectId: null, outcome: 'done', detail: {} });
    });
  }

  #makeRow(matterId: string): void {
    const matter = this.#connection.one('SELECT 1 FROM matters WHERE id = @matterId', { matterId });
    if (matter === null) throw new AppError('matter.notFound', {});
    this.#connection.run(
      `INSERT OR IGNORE INTO retentions (matter_id, days, automatic, confirmed, held_since_ms)
       VALUES (@matterId, NULL, 0, 0, NULL)`,
      { matterId },
    );
  }
}
