import { basename } from 'node:path';
import type { LeftOut } from '../../contract/left-out.ts';
import { naturally } from '../../contract/natural-order.ts';
import { showable } from '../../contract/untrusted-text.ts';
import type { CliTexts } from '../texts.ts';
import { shortPath } from './summary.ts';

/** Up to this many names are listed; of more, only their number. */
const TOLD_NAMES = 3;

/** In order of importance. */
const KINDS = ['hidden', 'others', 'special', 'again', 'upward'] as const satisfies (keyof LeftOut)[];

/** What the named folders hold that was not read: one line for each kind, none for nothing. */
export function leftOutLines(leftOut: LeftOut, say: CliTexts): string[] {
  const lines = KINDS.flatMap((kind) => {
    const paths = leftOut[kind].toSorted(naturally);
    if (paths.length === 0) return [];
    const isFolder = kind === 'again' || kind === 'upward';
    return [
      say(`leftOut.${kind}`, {
        count: paths.length,
        names: told(
          paths.map((path) => (isFolder ? shortPath(path) : basename(path))),
          say,
        ),
      }),
    ];
  });
  const canBeNamed = leftOut.hidden.length + leftOut.others.length > 0;
  return canBeNamed ? [...lines, say('leftOut.hint')] : lines;
}

/** Names of files that are read under another name: a line each for a few, one for all of many. */
export function sameFileLines(
  files: readonly { readonly path: string; readonly sameAs: string | null }[],
  say: CliTexts,
): string[] {
  const pairs = files.flatMap(({ path, sameAs }) =>
    sameAs === null ? [] : [[showable(shortPath(path)), showable(shortPath(sameAs))] as const],
  );
  if (pairs.length <= TOLD_NAMES) return pairs.map(([name, other]) => say('sameFile', { name, other }));
  return [
    say('sameFiles', {
      count: pairs.length,
      names: told(
        pairs.map(([name]) => name),
        say,
      ),
    }),
  ];
}

function told(names: readonly string[], say: CliTexts): string {
  const first = names.slice(0, TOLD_NAMES).map(showable).join(', ');
  return names.length > TOLD_NAMES
    ? `${first} ${say('andMore', { count: names.length - TOLD_NAMES })}`
    : first;
}
