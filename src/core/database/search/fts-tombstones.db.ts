import type { Connection } from '../connection.db.ts';
import { writeSetting } from '../settings/settings.db.ts';

/** The setting that is there as long as the index may hold words of deleted segments. */
const SETTING = 'ftsTombstones';

/** Pages of the index that are merged in one go: some milliseconds of work. */
const STEP_PAGES = 64;

const secureDelete = (isOn: 0 | 1) =>
  `INSERT INTO segments_fts (segments_fts, rank) VALUES ('secure-delete', ${isOn})`;

/**
 * Words of deleted segments in the full-text index. It takes each of them out by itself, at the cost of most of a
 * millisecond per segment. Where thousands go at once it only marks them as deleted, and merges the marked ones away
 * afterwards, step by step between other work: a hundredth of the time. That this is still to be done is stored with
 * them, so that the next opening goes on with it.
 */
export class FtsTombstones {
  readonly #connection: Connection;
  #isMerging = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Does what deletes many segments, leaving their words in the index for now. Belongs into its transaction. */
  leaving(work: () => void): void {
    this.#connection.run(secureDelete(0));
    work();
    this.#connection.run(secureDelete(1));
    writeSetting(this.#connection, SETTING, true);
    this.#connection.afterCommit(() => {
      this.#isMerging = false;
    });
  }

  /** Whether the index holds words of deleted segments. */
  areThere(): boolean {
    return this.#connection.one('SELECT 1 FROM settings WHERE key = @key', { key: SETTING }) !== null;
  }

  /** Takes one step of merging them away; gives whether any are left. */
  sweep(): boolean {
    return this.#connection.transaction(() => {
      if (!this.areThere()) return false;
      // A first step puts all parts of the index up for merging; the others go on with them.
      const pages = this.#isMerging ? STEP_PAGES : -STEP_PAGES;
      const before = this.#totalChanges();
      this.#connection.run(`INSERT INTO segments_fts (segments_fts, rank) VALUES ('merge', ${pages})`);
      // As SQLite's manual says: a step that changed nothing but its own bookkeeping found nothing more to merge.
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
