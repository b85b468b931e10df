import { z } from './schema.ts';

/** At most so many characters are on either side of a rule. */
export const LONGEST_RULE_TEXT = 200;

/** At most so many rules are in one list: every new segment is compared with each. */
export const MOST_RULES = 2000;

const id = z.uuid();

/** What a rule finds and puts in its place. Both are single lines; an empty replacement would delete words and is no correction. */
export const CorrectionRuleText = z.object({
  find: z.string().trim().min(1).max(LONGEST_RULE_TEXT),
  replacement: z.string().trim().min(1).max(LONGEST_RULE_TEXT),
  /** Whether upper and lower case must agree; otherwise the case found is kept. */
  matchCase: z.boolean(),
});
export type CorrectionRuleText = z.infer<typeof CorrectionRuleText>;

/** A rule by which new transcripts are corrected. */
export const CorrectionRule = CorrectionRuleText.extend({
  id,
  /** Null: a rule of the vault, for all recordings. */
  matterId: id.nullable(),
});
export type CorrectionRule = z.infer<typeof CorrectionRule>;

/** A place of the current text that a rule has changed. */
export const AppliedCorrection = z.object({
  /** The machine version whose segments were corrected, and the number of the correction in it. */
  versionId: id,
  number: z.number().int(),
  startMs: z.number().int(),
  /** What the machine wrote, and what stands there since. */
  found: z.string(),
  replacement: z.string(),
  /** Whether the replacement still stands: not undone, nor changed by hand. */
  stands: z.boolean(),
});
export type AppliedCorrection = z.infer<typeof AppliedCorrection>;

/** A correction by its version and number. */
export const CorrectionKey = AppliedCorrection.pick({ versionId: true, number: true });
export type CorrectionKey = z.infer<typeof CorrectionKey>;

/** What became of rules that were added: a rule with the same words to find takes the place of an earlier one. */
export const AddedRules = z.object({ added: z.number().int(), replaced: z.number().int() });
export type AddedRules = z.infer<typeof AddedRules>;

/** A word as it was heard, and as the user wrote it instead. */
export const CorrectedWord = z.object({
  from: z.string().min(1).max(LONGEST_RULE_TEXT),
  to: z.string().min(1).max(LONGEST_RULE_TEXT),
});
export type CorrectedWord = z.infer<typeof CorrectedWord>;
