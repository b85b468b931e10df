const byName = new Intl.Collator('en', { numeric: true });

/** In natural order: `2` before `10`. */
export function naturally(a: string, b: string): number {
  return byName.compare(a, b);
}
