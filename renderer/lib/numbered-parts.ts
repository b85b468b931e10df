/** Files of one recording that the recorder cut into numbered parts, in order. */
export interface NumberedParts {
  /** What the names have in common, without the number. */
  readonly stem: string;
  readonly ids: readonly string[];
}

const NUMBERED = /^(.*?)[ _-]?(?:part|teil|parte)?[ _-]?(\d{1,3})(\.[^.]+)?$/i;

/**
 * Finds recordings that look like one, cut into parts by the recorder: same name and ending, numbered from 1 (or 0)
 * without a gap, like `hearing_01.wav`, `hearing_02.wav`. Names whose numbers may well be dates are left alone.
 */
export function findNumberedParts(
  recordings: readonly { readonly id: string; readonly name: string }[],
): NumberedParts[] {
  const groups = new Map<string, { stem: string; parts: { number: number; id: string }[] }>();
  for (const { id, name } of recordings) {
    const [, stem = '', digits = '', ending = ''] = NUMBERED.exec(name) ?? [];
    if (digits === '') continue;
    const key = `${stem}\u0000${ending}`.toLowerCase();
    const group = groups.get(key) ?? { stem, parts: [] };
    group.parts.push({ number: Number(digits), id });
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ stem, parts }) => {
    const sorted = parts.sort((a, b) => a.number - b.number);
    const first = sorted[0]?.number ?? 2;
    const isRow = sorted.length > 1 && first <= 1 && sorted.every(({ number }, i) => number === first + i);
    return isRow ? [{ stem, ids: sorted.map(({ id }) => id) }] : [];
  });
}
