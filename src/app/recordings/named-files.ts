import { expandInputs, type Inputs } from '../../core/media/sources/expand-inputs.ts';

/** The files that the user named, and what is skipped in the folders among them. */
export type NamedFiles = Inputs;

/** Expands files and folders that the user named: see `expandInputs`. */
export function namedFiles(named: readonly string[]): Promise<NamedFiles> {
  return expandInputs(named);
}
