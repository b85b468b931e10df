/** Library rows being dragged; null if none. */
let rows: readonly string[] | null = null;

/** The rows being dragged: the browser hides drag data until the drop. */
export function draggedRows(): readonly string[] | null {
  return rows;
}

/** Starts a drag of rows or, with null, ends it. */
export function setDraggedRows(ids: readonly string[] | null): void {
  rows = ids;
}
