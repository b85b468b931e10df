/** Scales a vector to length 1, in place; a vector of zeros stays. Returns it. */
export function normalise(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares > 0) {
    const factor = 1 / Math.sqrt(squares);
    for (let i = 0; i < vector.length; i += 1) vector[i] = (vector[i] ?? 0) * factor;
  }
  return vector;
}

/** The cosine of the angle between two vectors of length 1. */
export function similarity(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** The direction of the sum of embeddings, of length 1; null if there are none. */
export function meanEmbedding(embeddings: readonly Float32Array[]): Float32Array | null {
  const [first] = embeddings;
  if (first === undefined) return null;
  const sum = new Float32Array(first.length);
  for (const embedding of embeddings) addTo(sum, embedding);
  return normalise(sum);
}

/** Adds a vector, times a factor, to another, in place. */
export function addTo(sum: Float32Array, vector: Float32Array, factor = 1): void {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) * factor;
}
