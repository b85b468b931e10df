/** What a change of voice costs: in similarity, as much as a piece must gain. */
export const CHANGE_COST = 0.4;

/**
 * The likeliest sequence of voices for a sequence of pieces, given each piece's score for each voice: the one of the
 * greatest sum, in which a change of voice costs CHANGE_COST (Viterbi's algorithm).
 */
export function likeliestVoices(scores: readonly (readonly number[])[]): number[] {
  const origins: number[][] = [];
  let sums: number[] = (scores[0] ?? []).slice();
  for (const own of scores.slice(1)) {
    const best = indexOfMost(sums);
    const origin = sums.map((sum, voice) => (sum >= (sums[best] as number) - CHANGE_COST ? voice : best));
    sums = own.map((score, voice) => {
      const from = origin[voice] as number;
      return score + (sums[from] as number) - (from === voice ? 0 : CHANGE_COST);
    });
    origins.push(origin);
  }
  const path: number[] = [indexOfMost(sums)];
  for (const origin of origins.reverse()) path.unshift(origin[path[0] as number] as number);
  return scores.length === 0 ? [] : path;
}

/** Index of the greatest value, of equal ones the first; −1 if there are none. */
function indexOfMost(values: readonly number[]): number {
  let most = -1;
  for (const [i, value] of values.entries()) if (most < 0 || value > (values[most] as number)) most = i;
  return most;
}
