import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder, deleted when the benchmark ends. */
export interface WorkFolder extends Disposable {
  readonly path: string;
  /** A subfolder of this name; the same one for the same name. */
  make(name: string): string;
  /** A new, unused subfolder. */
  makeNew(purpose: string): string;
}

/** Makes a temporary folder, in `TMPDIR`. */
export function makeWorkFolder(): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), 'voicesync-bench-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  const interrupted = () => process.exit(130);
  process.once('exit', remove);
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  return {
    path,
    make: (name) => {
      const folder = join(path, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    },
    makeNew: (purpose) => mkdtempSync(join(path, `${purpose}-`)),
    [Symbol.dispose]: () => {
      remove();
      process.off('exit', remove);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
    },
  };
}
