import type { FoundFile } from './folder-scan.ts';

/** Tells which files of a folder are whole: size and time have stayed the same between two looks. */
export class SettledFiles {
  #seen: ReadonlyMap<string, string> = new Map();

  /** Those of these files, found just now, that are as they were at the last look, and not empty. */
  among(files: readonly FoundFile[]): FoundFile[] {
    const before = this.#seen;
    this.#seen = new Map(files.map((file) => [file.name, stampOf(file)]));
    return files.filter((file) => file.sizeBytes > 0 && before.get(file.name) === stampOf(file));
  }
}

/** Tells a file from itself with other content. */
export function stampOf({ sizeBytes, modifiedMs }: Omit<FoundFile, 'name'>): string {
  return `${sizeBytes} ${modifiedMs}`;
}
