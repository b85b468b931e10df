import { AppError } from '../../contract/errors.ts';
import type { Database } from '../../core/database/database.ts';

/** Throws `recording.busy` if one of these recordings is being recorded. */
export async function refuseRecorded(database: Database, recordingIds: readonly string[]): Promise<void> {
  for (const id of recordingIds) {
    if ((await database.captures.get(id))?.state !== 'recording') continue;
    throw new AppError('recording.busy', { name: (await database.recordings.get(id)).name });
  }
}

/** Throws `matter.held` if the matter of one of these recordings is held. */
export async function refuseHeld(database: Database, recordingIds: readonly string[]): Promise<void> {
  const matter = await database.retentions.heldMatterOf(recordingIds);
  if (matter !== null) throw new AppError('matter.held', { matter });
}
