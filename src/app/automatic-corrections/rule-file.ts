import { CorrectionRuleText, MOST_RULES } from '../../contract/correction-rules.ts';
import { AppError } from '../../contract/errors.ts';

/** The mark of a rule for which case counts, in a third column. */
const CASE_COUNTS = 'case';

/**
 * The rules of a text file: a rule on each line, what is to be found and what takes its place, with a tab between them, and
 * `case` in a third column where upper and lower case must agree. Empty lines and those that begin with # are left out.
 * Throws `corrections.unreadable` with the number of the first line that is no rule, `corrections.tooMany`.
 */
export function rulesOfFile(text: string): CorrectionRuleText[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  const rules = lines.flatMap((line, index) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return [];
    const [find, replacement, mark = '', ...more] = line.split('\t').map((part) => part.trim());
    const rule = CorrectionRuleText.safeParse({ find, replacement, matchCase: mark === CASE_COUNTS });
    if (!rule.success || more.length > 0 || (mark !== '' && mark !== CASE_COUNTS))
      throw new AppError('corrections.unreadable', { line: index + 1 });
    return [rule.data];
  });
  if (rules.length > MOST_RULES) throw new AppError('corrections.tooMany', { limit: MOST_RULES });
  return rules;
}

/** The same rules as a text file that `rulesOfFile` reads. */
export function fileOfRules(rules: readonly CorrectionRuleText[]): string {
  return rules
    .map(({ find, replacement, matchCase }) =>
      [find, replacement, ...(matchCase ? [CASE_COUNTS] : [])].join('\t').concat('\n'),
    )
    .join('');
}
