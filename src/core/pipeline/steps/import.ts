import { PART_MS } from '../../../contract/audio.ts';
import type { JobStep } from './job-step.ts';

/**
 * Waits for the recording to be read. The import itself belongs to the vault (`Imports`): it goes on when the job is
 * stopped, and one that was interrupted has begun again when the attempt began.
 */
export const importStep: JobStep = {
  name: 'import',
  streams: true,
  weight: () => 1,
  async isDone({ feed }) {
    return feed.durationMs !== null;
  },
  async run({ feed }, progress, signal) {
    progress.enter();
    // Ends when the original is sealed, too, which may be after the last window.
    for (let part = 0; await feed.hasPart(part, signal); part += 1) progress.doneUntil((part + 1) * PART_MS);
  },
};
