import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemErrorCode } from '../../core/system-errors.ts';

/**
 * The arguments that a start got from its caller. `appFolder` is the folder of the app's code if that is an
 * argument too, as it is in development: the caller's follow it.
 */
export function ownArguments(
  argv: readonly string[],
  workingFolder: string,
  appFolder: string | null,
): readonly string[] {
  if (appFolder === null) return argv.slice(1);
  const app = argv.findIndex((argument) => resolve(workingFolder, argument) === appFolder);
  return argv.slice(app === -1 ? argv.length : app + 1);
}

/** Whether a path exists; one that is inaccessible, or a dangling link, is reported when it is to be read. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    // An argument that is too long for a path is none.
    return code !== null && code !== 'ENAMETOOLONG';
  }
}
