import { resolve } from 'node:path';
import { COMMANDS } from '../../contract/diagnostics.ts';
import { isThere, ownArguments } from './start-arguments.ts';

/** The form of a command's name, whether it exists or not; no path, no URL, and no switch. */
const COMMAND_SHAPE = /^[a-z]+(-[a-z]+)*$/;

/** Options of the command line without a command. */
const QUESTIONS: ReadonlySet<string> = new Set(['--help', '-h', '--version', '-V', 'help']);

const KNOWN: ReadonlySet<string> = new Set(COMMANDS.filter((name) => name !== 'other'));

/**
 * The command line command in the arguments of a start, from its name on, or null if the window is meant:
 * to be opened, with files or without. Switches of Chromium may precede it. A word that names neither a command nor a
 * file is one that was mistyped. `appFolder`: see `ownArguments`.
 */
export function typedCommand(
  argv: readonly string[],
  workingFolder: string,
  appFolder: string | null,
): string[] | null {
  const own = ownArguments(argv, workingFolder, appFolder);
  const start = own.findIndex((argument) => QUESTIONS.has(argument) || !argument.startsWith('-'));
  const first = own[start];
  if (first === undefined) return null;
  const isMeant =
    QUESTIONS.has(first) ||
    KNOWN.has(first) ||
    (COMMAND_SHAPE.test(first) && !isThere(resolve(workingFolder, first)));
  return isMeant ? own.slice(start) : null;
}
