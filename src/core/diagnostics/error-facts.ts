import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ERROR_CLASSES, type ErrorFacts, SystemCode } from '../../contract/diagnostics.ts';
import { isAppError } from '../../contract/errors.ts';
import { programFolder } from '../folders.ts';

type Thrown = Omit<ErrorFacts, 'cause'>;

const KEPT_POSITIONS = 8;

/** What may be logged of anything thrown: no message, since that can contain a path or transcript text. */
export function errorFacts(error: unknown): ErrorFacts {
  const cause = error instanceof Error && error.cause !== undefined ? thrownFacts(error.cause) : null;
  return { ...thrownFacts(error), cause };
}

function thrownFacts(error: unknown): Thrown {
  const { name, code } = error instanceof Error ? (error as NodeJS.ErrnoException) : { name: 'other' };
  return {
    class: ERROR_CLASSES.find((known) => known === name) ?? 'other',
    told: isAppError(error) ? error.code : null,
    system: SystemCode.safeParse(code).data ?? null,
    at: error instanceof Error ? positionsIn(withoutMessage(error)) : [],
  };
}

/** A message can look like lines of a stack. */
function withoutMessage({ stack = '', message }: Error): string {
  const at = stack.indexOf(message);
  return at < 0 ? stack : stack.slice(at + message.length);
}

/**
 * The positions in this program's code in the lines of a stack, innermost first, as `src/app/jobs/queue.ts:12:5`. Only
 * files inside the program count, so that nothing else is mistaken for one.
 */
export function positionsIn(stack: string): string[] {
  const found: string[] = [];
  for (const line of stack.split('\n')) {
    if (found.length === KEPT_POSITIONS) break;
    const position = /^\s+at /.test(line) ? ownPosition(line) : null;
    if (position !== null) found.push(position);
  }
  return found;
}

const ROOTS = [pathToFileURL(programFolder()).href, programFolder()].map((root) =>
  root.replace(/[/\\]$/, ''),
);

function ownPosition(line: string): string | null {
  for (const root of ROOTS) {
    const at = line.indexOf(root);
    if (at < 0) continue;
    const [, path, place] = /^[/\\]([\w./\\-]+)(:\d+:\d+)\)?\s*$/.exec(line.slice(at + root.length)) ?? [];
    const file = path?.replaceAll('\\', '/');
    if (file !== undefined && isOwnFile(file)) return `${file}${place}`;
  }
  return null;
}

/** Whether a position, as `positionsIn` returns it, is in a file of this program. */
export function isOwnPosition(position: string): boolean {
  return isOwnFile(position.replace(/:\d+:\d+$/, ''));
}

const knownFiles = new Map<string, boolean>();

function isOwnFile(file: string): boolean {
  if (file.split('/').includes('..') || !/^(src|renderer|native|out)\//.test(file)) return false;
  let isKnown = knownFiles.get(file);
  if (isKnown === undefined) {
    isKnown = existsSync(join(programFolder(), file));
    knownFiles.set(file, isKnown);
  }
  return isKnown;
}
