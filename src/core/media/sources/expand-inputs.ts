import { lstat, stat } from 'node:fs/promises';
import { AppError, isAppError } from '../../../contract/errors.ts';
import { type LeftOut, nothingLeftOut } from '../../../contract/left-out.ts';
import { naturally } from '../../../contract/natural-order.ts';
import { fileError } from '../../system-errors.ts';
import { identityOf } from './file-identity.ts';
import { namedPath, requireFile } from './named-input.ts';
import { type Found, scanFolder } from './scan-folder.ts';

/** One thing that the user named, or one recording in a folder that was. */
export interface Input {
  /** Absolute. */
  readonly path: string;
  /** Why there is nothing to read here; null for a file, whose own errors are reported when it is read. */
  readonly error: AppError | null;
  /** The path in this list of which this is an alias, and under which the file is read; null for all others. */
  readonly sameAs: string | null;
}

/** What the user named, file by file. */
export interface Inputs {
  readonly inputs: readonly Input[];
  readonly leftOut: LeftOut;
}

/**
 * The files that the user named, each path once, with folders replaced by the recordings in them and below, in natural
 * order. A file that has several names is read under the first. A folder that cannot be read, or holds no recording
 * (`folder.empty`), is in the list with its error.
 */
export async function expandInputs(named: readonly string[]): Promise<Inputs> {
  const inputs = new Map<string, Input>();
  const files = new Map<string, string>();
  const folders = new Map<string, string>();
  const leftOut = nothingLeftOut();
  const asInput = ({ path, error, identity }: Found): Input => {
    const sameAs = identity === null ? null : (files.get(identity) ?? null);
    if (identity !== null && sameAs === null) files.set(identity, path);
    return { path, error, sameAs };
  };
  for (const name of named) {
    const path = await namedPath(name);
    const found = await what(path);
    if (found !== 'folder') {
      if (!inputs.has(path)) inputs.set(path, asInput(found));
      continue;
    }
    const secondNames = leftOut.again.length;
    const scanned = await scanFolder(path, folders, leftOut);
    const isEmpty = scanned.found.length === 0 && !scanned.wasRead && leftOut.again.length === secondNames;
    if (isEmpty)
      inputs.set(path, { path, error: new AppError('folder.empty', { folder: path }), sameAs: null });
    const added = scanned.found.filter((one) => !inputs.has(keyOf(one))).map(asInput);
    for (const one of added.toSorted((a, b) => naturally(a.path, b.path))) inputs.set(keyOf(one), one);
  }
  return { inputs: [...inputs.values()], leftOut };
}

/** A name that cannot be used is shown in a form that another file may have as its name. */
function keyOf({ path, error }: Pick<Input, 'path' | 'error'>): string {
  return isAppError(error, 'file.nameUnusable') ? `${path}\0` : path;
}

/** The file or folder at a path that the user named. */
async function what(path: string): Promise<Found | 'folder'> {
  try {
    await requireFile(path);
    const stats = await stat(path, { bigint: true });
    return stats.isDirectory() ? 'folder' : { path, error: null, identity: identityOf(path, stats) };
  } catch (error) {
    if (isAppError(error)) return { path, error, identity: null };
    if (!isAppError(fileError(error, path))) throw error;
    // Any other error is reported when it is read, with the others' results.
    const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink() ?? false;
    const isBroken = isLink && isAppError(fileError(error, path), 'file.notFound', 'file.notRegular');
    const broken = isBroken ? new AppError('file.brokenLink', { file: path }, { cause: error }) : null;
    return { path, error: broken, identity: null };
  }
}
