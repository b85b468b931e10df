/** One step of the alignment of reference and transcript; the numbers are indexes into the two lists of words. */
export type AlignmentStep =
  | { readonly kind: 'same' | 'substituted'; readonly reference: number; readonly heard: number }
  | { readonly kind: 'deleted'; readonly reference: number }
  | { readonly kind: 'inserted'; readonly heard: number };

/** How many words were substituted, deleted and inserted. */
export interface WordErrors {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/**
 * The text alignment with the least edit distance, in order (Levenshtein 1966, over words; every error costs 1).
 * Of several such alignments the one that matches most words is used, so that their times can be compared.
 */
export function alignReference(reference: readonly string[], heard: readonly string[]): AlignmentStep[] {
  const costs = editCosts(reference, heard);
  const costAt = (row: number, column: number) => costs[row]?.[column] ?? Number.POSITIVE_INFINITY;
  const steps: AlignmentStep[] = [];
  let row = reference.length;
  let column = heard.length;
  while (row > 0 || column > 0) {
    const cost = costAt(row, column);
    const isSame = row > 0 && column > 0 && reference[row - 1] === heard[column - 1];
    if (row > 0 && column > 0 && cost === costAt(row - 1, column - 1) + (isSame ? 0 : SUBSTITUTION)) {
      row -= 1;
      column -= 1;
      steps.push({ kind: isSame ? 'same' : 'substituted', reference: row, heard: column });
    } else if (row > 0 && cost === costAt(row - 1, column) + OMISSION) {
      row -= 1;
      steps.push({ kind: 'deleted', reference: row });
    } else {
      column -= 1;
      steps.push({ kind: 'inserted', heard: column });
    }
  }
  return steps.reverse();
}

/** The errors of an alignment. */
export function countErrors(steps: readonly AlignmentStep[]): WordErrors {
  const count = (kind: AlignmentStep['kind']) => steps.filter((step) => step.kind === kind).length;
  return {
    substitutions: count('substituted'),
    deletions: count('deleted'),
    insertions: count('inserted'),
  };
}

/** All errors together. */
export function totalErrors({ substitutions, deletions, insertions }: WordErrors): number {
  return substitutions + deletions + insertions;
}

// Errors cost the same, up to an epsilon that breaks ties between equal distances: no recording has a million words.
const OMISSION = 1_000_000;
const SUBSTITUTION = OMISSION + 1;

/** For each prefix of the reference (row) and of the transcript (column), the least edit cost. */
function editCosts(reference: readonly string[], heard: readonly string[]): Float64Array[] {
  const rows = [Float64Array.from({ length: heard.length + 1 }, (_, column) => column * OMISSION)];
  for (const [index, word] of reference.entries()) {
    const above = rows[index] ?? new Float64Array();
    const row = new Float64Array(heard.length + 1);
    row[0] = (index + 1) * OMISSION;
    for (const [column, other] of heard.entries()) {
      const replaced = (above[column] ?? 0) + (word === other ? 0 : SUBSTITUTION);
      row[column + 1] = Math.min(
        replaced,
        (above[column + 1] ?? 0) + OMISSION,
        (row[column] ?? 0) + OMISSION,
      );
    }
    rows.push(row);
  }
  return rows;
}
