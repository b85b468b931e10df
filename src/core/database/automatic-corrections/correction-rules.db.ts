import type { AddedRules, CorrectionRule } from '../../../contract/correction-rules.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';

type RuleRow = Omit<CorrectionRule, 'matchCase'> & { readonly matchCase: 0 | 1 };

/** Reads the rules by which new transcripts are corrected. */
export class CorrectionRuleReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The rules of a matter, or those of the vault (null), by what they find. */
  list({ matterId }: { matterId: string | null }): CorrectionRule[] {
    return this.#connection
      .all<RuleRow>(
        `SELECT id, matter_id AS matterId, find, replacement, match_case AS matchCase FROM correction_rules
         WHERE matter_id IS @matterId ORDER BY find COLLATE NOCASE, id`,
        { matterId },
      )
      .map((row) => ({ ...row, matchCase: row.matchCase === 1 }));
  }
}

/** Reads and changes those rules. */
export class CorrectionRules extends CorrectionRuleReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Adds rules to one list; one that finds the same words as an earlier one takes its place. */
  add({ rules }: { rules: readonly CorrectionRule[] }): AddedRules {
    return this.#connection.transaction(() => {
      let replaced = 0;
      for (const { id, matterId, find, replacement, matchCase } of rules) {
        const isSame = (other: CorrectionRule) =>
          other.id === id ||
          (other.matchCase === matchCase &&
            (matchCase ? other.find === find : other.find.toLowerCase() === find.toLowerCase()));
        for (const old of this.list({ matterId }).filter(isSame)) replaced += this.#delete(old.id);
        this.#connection.run(
          `INSERT INTO correction_rules (id, matter_id, find, replacement, match_case)
           VALUES (@id, @matterId, @find, @replacement, @matchCase)`,
          { id, matterId, find, replacement, matchCase: matchCase ? 1 : 0 },
        );
      }
      return { added: rules.length - replaced, replaced };
    });
  }

  /** Deletes rules; texts that they have corrected stay as they are. Returns how many there were. */
  remove({ ids }: { ids: readonly string[] }): number {
    return this.#connection.transaction(() => ids.reduce((sum, id) => sum + this.#delete(id), 0));
  }

  #delete(id: string): number {
    return this.#connection.run('DELETE FROM correction_rules WHERE id = @id', { id });
  }
}
