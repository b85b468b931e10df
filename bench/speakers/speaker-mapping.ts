/**
 * The one-to-one assignment of rows to columns with the greatest sum (Kuhn–Munkres with potentials, as in
 * Burkard, Dell'Amico and Martello, Assignment Problems, 2009, 4.4). For each row its column; null for rows that are left
 * over or would only add 0. All weights are at least 0, all rows of one length.
 */
export function bestAssignment(weights: readonly (readonly number[])[]): (number | null)[] {
  const size = Math.max(weights.length, weights[0]?.length ?? 0);
  const weight = (row: number, column: number) => weights[row]?.[column] ?? 0;
  // Row and column 0 are the algorithm's own; the greatest sum is the least of the negated.
  const rowPotential = new Float64Array(size + 1);
  const columnPotential = new Float64Array(size + 1);
  const rowOfColumn = new Int32Array(size + 1);
  for (let row = 1; row <= size; row += 1) {
    const least = new Float64Array(size + 1).fill(Number.POSITIVE_INFINITY);
    const before = new Int32Array(size + 1);
    const isVisited = new Uint8Array(size + 1);
    rowOfColumn[0] = row;
    let column = 0;
    do {
      isVisited[column] = 1;
      const from = rowOfColumn[column] as number;
      let delta = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let to = 1; to <= size; to += 1) {
        if (isVisited[to] === 1) continue;
        const cost =
          -weight(from - 1, to - 1) - (rowPotential[from] as number) - (columnPotential[to] as number);
        if (cost < (least[to] as number)) {
          least[to] = cost;
          before[to] = column;
        }
        if ((least[to] as number) < delta) {
          delta = least[to] as number;
          next = to;
        }
      }
      for (let to = 0; to <= size; to += 1) {
        if (isVisited[to] === 1) {
          (rowPotential[rowOfColumn[to] as number] as number) += delta;
          (columnPotential[to] as number) -= delta;
        } else (least[to] as number) -= delta;
      }
      column = next;
    } while (rowOfColumn[column] !== 0);
    while (column !== 0) {
      const previous = before[column] as number;
      rowOfColumn[column] = rowOfColumn[previous] as number;
      column = previous;
    }
  }
  const columnOfRow = weights.map((): number | null => null);
  for (let column = 1; column <= size; column += 1) {
    const row = (rowOfColumn[column] as number) - 1;
    if (weight(row, column - 1) > 0) columnOfRow[row] = column - 1;
  }
  return columnOfRow;
}
