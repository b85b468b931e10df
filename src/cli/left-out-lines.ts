import { basename } from 'node:path';
import { showable } from '../contract/untrusted-text.ts';
import type { Input } from '../core/media/sources/expand-inputs.ts';
import { type LeftOut, naturally } from '../core/media/sources/scan-folder.ts';
import { shortPath } from './summary.ts';
import { SAY } from './words.ts';

/** So many names are told; of more, how many there are. */
const TOLD_NAMES = 3;

/** In the order in which they matter. */
const KINDS = ['hidden', 'others', 'special', 'again', 'upward'] as const satisfies (keyof LeftOut)[];

/** What lay in the folders that were named and was not read: one calm line for each kind, none for nothing. */
export function leftOutLines(leftOut: LeftOut): string[] {
  const lines = KINDS.flatMap((kind) => {
    const paths = leftOut[kind].toSorted(naturally);
    if (paths.length === 0) return [];
    const isFolder = kind === 'again' || kind === 'upward';
    return [
      SAY.leftOut[kind](
        paths.length,
        told(paths.map((path) => (isFolder ? shortPath(path) : basename(path)))),
      ),
    ];
  });
  const canBeNamed = leftOut.hidden.length + leftOut.others.length > 0;
  return canBeNamed ? [...lines, SAY.leftOut.hint] : lines;
}

/** Which names stand for a file that is read under another: a line each for a few, one for all of many. */
export function sameFileLines(files: readonly Pick<Input, 'path' | 'sameAs'>[]): string[] {
  const pairs = files.flatMap(({ path, sameAs }) =>
    sameAs === null ? [] : [[showable(shortPath(path)), showable(shortPath(sameAs))] as const],
  );
  if (pairs.length <= TOLD_NAMES) return pairs.map(([name, other]) => SAY.sameFile(name, other));
  return [SAY.sameFiles(pairs.length, told(pairs.map(([name]) => name)))];
}

function told(names: readonly string[]): string {
  const first = names.slice(0, TOLD_NAMES).map(showable).join(', ');
  return names.length > TOLD_NAMES ? `${first} ${SAY.andMore(names.length - TOLD_NAMES)}` : first;
}
