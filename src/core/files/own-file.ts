import { lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { hashOfFile } from './file-hash.ts';

/** A file as noted before it was named. */
export interface NotedFile {
  /** Absolute. */
  readonly path: string;
  /** Of its content, in hex. */
  readonly sha256: string;
}

/**
 * What an export that may be repeated notes of its file. A kill between the naming and the end of its job leaves a
 * finished file behind; without this, the repeated export would treat it as another's and write `name (2)`.
 */
export interface ExportNotes {
  recall(): Promise<NotedFile | null>;
  note(file: NotedFile): Promise<void>;
}

/**
 * Whether a noted file exists, whole, in this folder, with exactly the content to write: then it need not be written
 * again. A file changed since, or unreadable, counts as another's.
 */
export async function isAlreadyWritten(
  noted: NotedFile | null,
  folder: string,
  sha256: string,
): Promise<boolean> {
  if (noted === null || noted.sha256 !== sha256 || dirname(noted.path) !== resolve(folder)) return false;
  try {
    if (!(await lstat(noted.path)).isFile()) return false;
    return (await hashOfFile(noted.path)) === sha256;
  } catch {
    return false;
  }
}
