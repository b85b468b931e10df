import { statSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * The files and folders among the arguments of a start, by their absolute paths. `isPackaged` tells whether the first
 * argument is the program alone, or the program and its code.
 */
export function handedFiles(argv: readonly string[], workingFolder: string, isPackaged: boolean): string[] {
  return argv
    .slice(isPackaged ? 1 : 2)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(workingFolder, argument))
    .filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
}
