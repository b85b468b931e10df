import { basename } from 'node:path';
import { HAND_OVER_ENDING } from '../../core/hand-over/hand-over-file.ts';

/** What the window is told of files that were offered: the name of the first, and how many others there are. */
export interface OfferedHandOver {
  readonly name: string;
  readonly others: number;
}

/** The file of a matter that the user has chosen, dropped or opened and that waits for its passphrase. The page never knows its path. */
export class ChosenHandOver {
  /** Null while none is chosen. */
  file: string | null = null;
  readonly #tell: (offered: OfferedHandOver) => void;

  /** @param tell lets the window ask for the passphrase. */
  constructor(tell: (offered: OfferedHandOver) => void) {
    this.#tell = tell;
  }

  /** Offers the first matter among files to be received, and returns those that are none. */
  takeFrom(paths: readonly string[]): string[] {
    const isHandOver = (path: string) => path.toLowerCase().endsWith(HAND_OVER_ENDING);
    const [first, ...others] = paths.filter(isHandOver);
    if (first !== undefined) {
      this.file = first;
      this.#tell({ name: basename(first), others: others.length });
    }
    return paths.filter((path) => !isHandOver(path));
  }
}
