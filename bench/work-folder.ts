import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A temporary folder that is gone when the benchmark is. */
export interface WorkFolder extends Disposable {
  readonly path: string;
  /** A folder in it of this name; the same one for the same name. */
  make(name: string): string;
  /** A folder in it that nobody has used. */
  makeNew(purpose: string): string;
}

/** Makes a temporary folder; `TMPDIR` says where. */
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
