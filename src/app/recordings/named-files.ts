import { expandInputs, type Inputs } from '../../core/media/sources/expand-inputs.ts';

/** What the user named, file by file, and what lay in the folders among it and is not read. */
export type NamedFiles = Inputs;

/** Looks through files and folders that the user named: see `expandInputs`. */
export function namedFiles(named: readonly string[]): Promise<NamedFiles> {
  return expandInputs(named);
}
