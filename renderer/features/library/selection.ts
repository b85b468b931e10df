/** The selected rows, the focused one, and the start of a range. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly focus: string | null;
  readonly anchor: string | null;
}

/** Nothing selected. */
export const NO_SELECTION: Selection = { ids: new Set(), focus: null, anchor: null };

/** This row alone. */
export function selectOne(id: string): Selection {
  return { ids: new Set([id]), focus: id, anchor: id };
}

/** Toggles this row, the others as they are. */
export function toggleOne({ ids }: Selection, id: string): Selection {
  const toggled = new Set(ids);
  if (!toggled.delete(id)) toggled.add(id);
  return { ids: toggled, focus: id, anchor: id };
}

/** All rows from the range's start to this one. `order` is the displayed order of the rows. */
export function extendTo(order: readonly string[], { anchor }: Selection, id: string): Selection {
  const from = Math.max(0, order.indexOf(anchor ?? id));
  const to = order.indexOf(id);
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { ids: new Set(range), focus: id, anchor: order[from] ?? id };
}

/** Every row. */
export function selectAll(order: readonly string[], { focus }: Selection): Selection {
  return { ids: new Set(order), focus: focus ?? order[0] ?? null, anchor: order[0] ?? null };
}

/** The row `step` further, selected alone or as the end of a range; clamped to the rows. */
export function moveBy(
  order: readonly string[],
  selection: Selection,
  step: number,
  extending: boolean,
): Selection {
  if (order.length === 0) return NO_SELECTION;
  const at = selection.focus === null ? -1 : order.indexOf(selection.focus);
  const target = at === -1 ? 0 : Math.min(order.length - 1, Math.max(0, at + step));
  const id = order[target] ?? '';
  return extending ? extendTo(order, selection, id) : selectOne(id);
}

/** The rest of a selection after the rows have changed. Returns the same object if nothing has. */
export function keepVisible(order: readonly string[], selection: Selection): Selection {
  const visible = new Set(order);
  const isWhole =
    [...selection.ids].every((id) => visible.has(id)) &&
    (selection.focus === null || visible.has(selection.focus));
  if (isWhole) return selection;
  const kept = (id: string | null) => (id !== null && visible.has(id) ? id : null);
  return {
    ids: new Set([...selection.ids].filter((id) => visible.has(id))),
    focus: kept(selection.focus),
    anchor: kept(selection.anchor),
  };
}
