/**
 * The WHERE clause of the conditions that apply, or nothing. A condition that does not apply is left out rather than
 * made true by its parameter: SQLite plans a statement before it knows the parameters, and could use no index.
 */
export function where(...conditions: readonly (string | false)[]): string {
  const applying = conditions.filter((condition) => condition !== false);
  return applying.length === 0 ? '' : `WHERE ${applying.join(' AND ')}`;
}

/** The condition that a column holds one of the ids in the parameter `@ids`, as `idList` makes it. */
export function isOneOfIds(column: string): string {
  return `${column} IN (SELECT value FROM json_each(@ids))`;
}

/** Ids as the parameter `@ids`; null for no ids. */
export function idList(ids: readonly string[] | null): { ids: string | null } {
  return { ids: ids === null ? null : JSON.stringify(ids) };
}
