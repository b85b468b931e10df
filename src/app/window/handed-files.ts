import { lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from '../../contract/schema.ts';
import { systemErrorCode } from '../../core/system-errors.ts';

/** What a start of the app hands over to one that runs already. */
const HandedOver = z.object({ files: z.array(z.string()) });

/**
 * The files and folders among the arguments of a start, by their absolute paths. `appFolder` is where the app's code lies if
 * that is an argument too, as it is while developing: files come behind it.
 */
export function handedFiles(
  argv: readonly string[],
  workingFolder: string,
  appFolder: string | null,
): string[] {
  const app = argv.findIndex((argument) => resolve(workingFolder, argument) === appFolder);
  const own = appFolder === null ? argv.slice(1) : argv.slice(app === -1 ? argv.length : app + 1);
  return own
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(workingFolder, argument))
    .filter(isThere);
}

/** Whether something lies at a path; what cannot be looked at, and a link that leads nowhere, is told when it is to be read. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    const code = systemErrorCode(error);
    // An argument that is too long for a path is none.
    return code !== null && code !== 'ENAMETOOLONG';
  }
}

/** The files that another start has handed over; none where it says something else. */
export function filesHandedOver(data: unknown): string[] {
  const parsed = HandedOver.safeParse(data);
  return parsed.success ? parsed.data.files : [];
}
