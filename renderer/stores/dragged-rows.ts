/** Rows of the library that are being dragged at this moment; null where none are. */
let rows: readonly string[] | null = null;

/** The rows being dragged: the browser hides what is dragged until it is dropped. */
export function draggedRows(): readonly string[] | null {
  return rows;
}

/** Rows begin to be dragged, or, with null, no longer are. */
export function setDraggedRows(ids: readonly string[] | null): void {
  rows = ids;
}
