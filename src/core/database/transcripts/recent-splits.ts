/** For so long after a split a text may arrive of a window that does not know of it. */
const REMEMBERED_MS = 10_000;

interface Split {
  /** The text before. */
  readonly whole: string;
  /** The text of the part that kept the id. */
  readonly first: string;
  /** The ids of the other parts. */
  readonly others: readonly string[];
  readonly atMs: number;
}

/**
 * Segments that were split while somebody may have been typing in them: a letter that is on its way at that moment comes
 * with the whole text, and must not leave the rest of it there twice.
 */
export class RecentSplits {
  readonly #splits = new Map<string, Split>();

  /** A segment of this id and text was split into texts, the first of which keeps the id. */
  note(id: string, whole: string, parts: readonly { readonly id: string; readonly text: string }[]): void {
    const atMs = performance.now();
    for (const [known, split] of this.#splits) {
      if (atMs - split.atMs > REMEMBERED_MS) this.#splits.delete(known);
    }
    const [first, ...others] = parts;
    if (first === undefined || others.length === 0) return;
    this.#splits.set(id, { whole, first: first.text, others: others.map((part) => part.id), atMs });
  }

  /** The ids of the segments that a text for one is meant to replace: with the rest of it if it is of the whole. */
  idsOf(id: string, text: string): readonly string[] {
    const split = this.#splits.get(id);
    if (split === undefined || performance.now() - split.atMs > REMEMBERED_MS) return [id];
    const { whole, first, others } = split;
    const isOfWhole = Math.abs(text.length - whole.length) < Math.abs(text.length - first.length);
    return isOfWhole ? [id, ...others] : [id];
  }
}
