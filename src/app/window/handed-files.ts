import { resolve } from 'node:path';
import { z } from '../../contract/schema.ts';
import { isThere, ownArguments } from './start-arguments.ts';

/** What a start of the app passes to the running one. */
const HandedOver = z.object({ files: z.array(z.string()) });

/**
 * The files and folders among the arguments of a start, by their absolute paths. `appFolder`: see
 * `ownArguments`.
 */
export function handedFiles(
  argv: readonly string[],
  workingFolder: string,
  appFolder: string | null,
): string[] {
  return ownArguments(argv, workingFolder, appFolder)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(workingFolder, argument))
    .filter(isThere);
}

/** The files that another start has passed; none if its data has another shape. */
export function filesHandedOver(data: unknown): string[] {
  const parsed = HandedOver.safeParse(data);
  return parsed.success ? parsed.data.files : [];
}
