import { v7 as newId } from 'uuid';
import {
  type AddedRules,
  type AppliedCorrection,
  type CorrectedWord,
  type CorrectionKey,
  type CorrectionRule,
  CorrectionRuleText,
  MOST_RULES,
} from '../../contract/correction-rules.ts';
import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../core/database/database.ts';
import { type Patches, patchesOf } from '../transcripts/transcript-editor.ts';
import { fileOfRules, rulesOfFile } from './rule-file.ts';

/** Listeners to changes of rules and of texts by them. */
export interface AutomaticCorrectionsObserver {
  readonly onRules?: () => void;
  readonly onEdit?: (recordingId: string) => void;
}

/** The rules by which new transcripts are corrected, and what they have changed. */
export class AutomaticCorrections {
  readonly #database: Database;
  readonly #observer: AutomaticCorrectionsObserver;

  constructor(database: Database, observer: AutomaticCorrectionsObserver = {}) {
    this.#database = database;
    this.#observer = observer;
  }

  /** The rules of a matter, or those of the vault (null). */
  rules(matterId: string | null): Promise<CorrectionRule[]> {
    return this.#database.correctionRules.list({ matterId });
  }

  /**
   * Adds rules to the list of a matter or of the vault; one that finds the same words as another takes its place. With an
   * id the rule of that id is replaced. Throws `matter.notFound`, `corrections.tooMany`.
   */
  async add(
    matterId: string | null,
    rules: readonly (CorrectionRuleText & { readonly id?: string | null | undefined })[],
  ): Promise<AddedRules> {
    if (matterId !== null && (await this.#database.matters.get(matterId)) === null)
      throw new AppError('matter.notFound', {});
    if ((await this.rules(matterId)).length + rules.length > MOST_RULES)
      throw new AppError('corrections.tooMany', { limit: MOST_RULES });
    const whole = rules.map((rule) => ({
      ...CorrectionRuleText.parse(rule),
      id: rule.id ?? newId(),
      matterId,
    }));
    const added = await this.#database.correctionRules.add({ rules: whole });
    this.#observer.onRules?.();
    return added;
  }

  /** Deletes rules; what they have corrected stays. Returns how many there were. */
  async remove(ids: readonly string[]): Promise<number> {
    const count = await this.#database.correctionRules.remove({ ids });
    this.#observer.onRules?.();
    return count;
  }

  /** Adds the rules of a text file: see `rulesOfFile`. */
  addFile(matterId: string | null, text: string): Promise<AddedRules> {
    return this.add(matterId, rulesOfFile(text));
  }

  /** The rules of a list as a text file. */
  async file(matterId: string | null): Promise<string> {
    return fileOfRules(await this.rules(matterId));
  }

  /** Remembers that a user replaced a word; returns whether a rule may be offered, since that was done before. */
  corrected(recordingId: string, word: CorrectedWord): Promise<boolean> {
    return this.#database.correctedWords.note({ recordingId, ...word });
  }

  /** Words that were corrected elsewhere and occur in the current text of this recording, where a rule may be offered. */
  recurring(recordingId: string): Promise<CorrectedWord[]> {
    return this.#database.correctedWords.recurring({ recordingId });
  }

  /** Offers no rule for this word again. */
  decline(word: CorrectedWord): Promise<void> {
    return this.#database.correctedWords.decline(word);
  }

  /** What rules have changed in the current text of a recording. */
  applied(recordingId: string): Promise<AppliedCorrection[]> {
    return this.#database.automaticCorrections.list({ recordingId });
  }

  /** Takes some corrections back, or all (null) that still stand, as one edit. */
  async takeBack(
    recordingId: string,
    keys: readonly CorrectionKey[] | null,
  ): Promise<{ count: number; patches: Patches }> {
    this.#observer.onEdit?.(recordingId);
    const order = { recordingId, keys, atMs: Date.now() };
    const { count, edit } = await this.#database.automaticCorrections.takeBack(order);
    return { count, patches: patchesOf(recordingId, edit) };
  }
}
