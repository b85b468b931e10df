import { clockTime } from '../../contract/clock-times.ts';
import type { UnsavedText } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { saveAs } from '../../core/files/save-as.ts';

/**
 * Writes passages that could not be stored to a readable file: below `heading`, for each recording its name and each
 * passage with its time. Throws what saving throws.
 */
export async function writeUnsaved(
  file: string,
  database: Database,
  texts: readonly (UnsavedText & { readonly recordingId: string })[],
  heading: string,
): Promise<void> {
  const lines = [heading];
  for (const { recordingId, runs } of texts) {
    const { name } = await database.recordings.get(recordingId);
    lines.push('', name);
    for (const run of runs) lines.push('', `[${clockTime(run.startMs)}] ${run.texts.join(' ').trim()}`);
  }
  await saveAs(file, `${lines.join('\n')}\n`);
}
