import { basename, dirname, relative, sep } from 'node:path';
import { v7 as newId } from 'uuid';
import type { LeftOut, LeftOutKind, LeftOutNote } from '../../contract/left-out.ts';
import { naturally } from '../../contract/natural-order.ts';
import type { Inputs } from '../../core/media/sources/expand-inputs.ts';

/** Limit of names of a kind in the notes of a drop. */
const MOST_NAMES = 200;

/** Most important first. */
const KINDS = ['hidden', 'others', 'special', 'again', 'upward'] as const satisfies (keyof LeftOut)[];

/** The notes of a drop of these paths on what was neither added nor failed: one for each kind. */
export function leftOutNotes({ inputs, leftOut }: Inputs, dropped: readonly string[]): LeftOutNote[] {
  const second = inputs.flatMap(({ path, sameAs }) =>
    sameAs === null ? [] : [{ name: nameIn(dropped, path), sameAs: nameIn(dropped, sameAs) }],
  );
  const kinds = KINDS.map((kind) => {
    const names = leftOut[kind].toSorted(naturally);
    return note(
      kind,
      names.map((path) => ({ name: nameIn(dropped, path), sameAs: null })),
    );
  });
  return [note('same', second), ...kinds].filter(({ count }) => count > 0);
}

/** The note on a file of a drop that is being added already. */
export function underWayNote(path: string): LeftOutNote {
  return note('underWay', [{ name: basename(path), sameAs: null }]);
}

function note(kind: LeftOutKind, names: LeftOutNote['names']): LeftOutNote {
  return { ticket: newId(), kind, count: names.length, names: names.slice(0, MOST_NAMES) };
}

/** A path relative to the parent of the dropped folder or file that holds it. */
function nameIn(dropped: readonly string[], path: string): string {
  const folder = dropped.find((one) => path.startsWith(one.endsWith(sep) ? one : `${one}${sep}`));
  return folder === undefined ? basename(path) : relative(dirname(folder), path);
}
