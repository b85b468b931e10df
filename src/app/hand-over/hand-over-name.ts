import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HAND_OVER_ENDING } from '../../core/hand-over/hand-over-file.ts';

/** A hand-over in this folder that does not exist yet, under a safe name or that with a number. */
export function freeHandOverFile(folder: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const file = join(folder, `${number === 1 ? name : `${name} (${number})`}${HAND_OVER_ENDING}`);
    if (!existsSync(file)) return file;
  }
}
