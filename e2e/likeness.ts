/** Where sound is found in a copy of it, and how like it is: 1 for the same shape. */
export interface Likeness {
  /** How much later it is there, in samples. */
  readonly lag: number;
  readonly correlation: number;
}

/** Where so many samples are loudest, looked for every so many samples between two places. */
export function loudestStart(
  source: Int16Array,
  { length, from, to }: { length: number; from: number; to: number },
): number {
  const energyAt = (start: number) =>
    source.subarray(start, start + length).reduce((sum, value) => sum + value * value, 0);
  let loudest = from;
  for (let start = from; start + length <= to; start += length) {
    if (energyAt(start) > energyAt(loudest)) loudest = start;
  }
  return loudest;
}

/**
 * Finds the samples of `source` from `start` on in `copy`, at most `reach` samples earlier or later than `around`; null
 * where the source is silent.
 */
export function likeness(
  source: Int16Array,
  copy: Int16Array,
  { start, length, around, reach }: { start: number; length: number; around: number; reach: number },
): Likeness | null {
  const piece = source.subarray(start, start + length);
  const energy = piece.reduce((sum, value) => sum + value * value, 0);
  if (energy / length < 30 ** 2) return null;
  let best: Likeness = { lag: around, correlation: -1 };
  for (let lag = around - reach; lag <= around + reach; lag += 1) {
    const correlation = correlationOf(piece, copy, start + lag, energy);
    if (correlation > best.correlation) best = { lag, correlation };
  }
  return best;
}

function correlationOf(piece: Int16Array, copy: Int16Array, offset: number, energy: number): number {
  let product = 0;
  let own = 0;
  for (let index = 0; index < piece.length; index += 1) {
    const value = copy[offset + index] ?? 0;
    product += value * (piece[index] as number);
    own += value * value;
  }
  return own === 0 ? 0 : product / Math.sqrt(own * energy);
}
