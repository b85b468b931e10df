/** Files of one recording that the recorder cut into numbered parts, in order. */
export interface NumberedParts {
  /** Their common name: what the names share, without the number. */
  readonly name: string;
  readonly ids: readonly string[];
}

const NUMBERED = /^(.*?)[ _-]?(?:part|teil|parte)?[ _-]?(\d{1,3})(\.[^.]+)?$/i;

/**
 * Finds recordings that look like one, split by the recorder: same name and extension, numbered from 1 (or 0)
 * without a gap, like `hearing_01.wav`, `hearing_02.wav`. Names whose numbers may be dates are left alone.
 */
export function findNumberedParts(
  recordings: readonly { readonly id: string; readonly name: string }[],
): NumberedParts[] {
  const groups = new Map<string, { name: string; parts: { number: number; id: string }[] }>();
  for (const { id, name } of recordings) {
    const [, stem = '', digits = '', ending = ''] = NUMBERED.exec(name) ?? [];
    if (digits === '') continue;
    const key = `${stem}\u0000${ending}`.toLowerCase();
    // If the names are only numbers, the first one is used.
    const group = groups.get(key) ?? { name: stem === '' ? name : `${stem}${ending}`, parts: [] };
    group.parts.push({ number: Number(digits), id });
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ name, parts }) => {
    const sorted = parts.sort((a, b) => a.number - b.number);
    const first = sorted[0]?.number ?? 2;
    const isRow = sorted.length > 1 && first <= 1 && sorted.every(({ number }, i) => number === first + i);
    return isRow ? [{ name, ids: sorted.map(({ id }) => id) }] : [];
  });
}

/** Recordings in their probable order: by their numbers, else by their names. */
export function orderOfParts<R extends { readonly id: string; readonly name: string }>(
  recordings: readonly R[],
): R[] {
  const numbered = rowOfAll(recordings);
  if (numbered !== null) return numbered.ids.flatMap((id) => recordings.find((one) => one.id === id) ?? []);
  const collator = new Intl.Collator(undefined, { numeric: true });
  return recordings.toSorted((a, b) => collator.compare(a.name, b.name));
}

/** The name of joined recordings: what their names share, else the first one. */
export function joinedName(recordings: readonly { readonly id: string; readonly name: string }[]): string {
  return rowOfAll(recordings)?.name ?? orderOfParts(recordings)[0]?.name ?? '';
}

function rowOfAll(
  recordings: readonly { readonly id: string; readonly name: string }[],
): NumberedParts | null {
  const [row] = findNumberedParts(recordings);
  return row !== undefined && row.ids.length === recordings.length ? row : null;
}
