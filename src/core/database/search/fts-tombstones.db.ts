import type { Connection } from '../connection.db.ts';
import { writeSetting } from '../settings/settings.db.ts';

/** The setting that exists as long as the index may hold tombstones. */
const SETTING = 'ftsTombstones';

/** Pages of the index that are merged per step: some milliseconds of work. */
const STEP_PAGES = 64;

const secureDelete = (isOn: 0 | 1) =>
  `INSERT INTO segments_fts (segments_fts, rank) VALUES ('secure-delete', ${isOn})`;

/**
 * Tombstones in the full-text index: words of deleted segments. FTS5 deletes them one by one, at the cost of most of a
 * millisecond per segment. If thousands are deleted at once they are only marked as deleted, and the tombstones merged
 * away afterwards, step by step between other work: a hundredth of the time. That this is pending is stored with them,
 * so that the next opening continues it.
 */
export class FtsTombstones {
  readonly #connection: Connection;
  #isMerging = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Runs `work`, which deletes many segments, leaving tombstones in the index. Call within its transaction. */
  leaving(work: () => void): void {
    this.#connection.run(secureDelete(0));
    work();
    this.#connection.run(secureDelete(1));
    writeSetting(this.#connection, SETTING, true);
    this.#connection.afterCommit(() => {
      this.#isMerging = false;
    });
  }

  /** Whether the index holds tombstones. */
  areThere(): boolean {
    return this.#connection.one('SELECT 1 FROM settings WHERE key = @key', { key: SETTING }) !== null;
  }

  /** Runs one step of merging them away; returns whether any are left. */
  sweep(): boolean {
    return this.#connection.transaction(() => {
      if (!this.areThere()) return false;
      // The first step marks all segments of the index for merging; the others continue.
      const pages = this.#isMerging ? STEP_PAGES : -STEP_PAGES;
      const before = this.#totalChanges();
      this.#connection.run(`INSERT INTO segments_fts (segments_fts, rank) VALUES ('merge', ${pages})`);
      // By SQLite's manual: fewer than 2 changes are a step's own bookkeeping, with nothing left to merge.
      const isDone = this.#isMerging && this.#totalChanges() - before < 2;
      if (isDone) this.#connection.run('DELETE FROM settings WHERE key = @key', { key: SETTING });
      this.#connection.afterCommit(() => {
        this.#isMerging = !isDone;
      });
      return !isDone;
    });
  }

  /** Merges all of them away. */
  sweepAll(): void {
    while (this.sweep());
  }

  #totalChanges(): number {
    return this.#connection.one<{ count: number }>('SELECT total_changes() AS count')?.count ?? 0;
  }
}
