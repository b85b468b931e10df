import { join } from 'node:path';
import { makeOfLength } from './audio-files.ts';
import { HEARING, recordingPath } from './reference-recordings.ts';
import type { WorkFolder } from './work-folder.ts';

/** A recording of a certain length. */
export interface RecordingOfLength {
  readonly label: string;
  readonly path: string;
  readonly seconds: number;
}

/** The long recording cut to, or repeated for, so many seconds, in a temporary folder. */
export async function recordingOfLength(
  folder: WorkFolder,
  label: string,
  seconds: number,
): Promise<RecordingOfLength> {
  const path = join(folder.make('recordings'), `hearing-${seconds}s.opus`);
  await makeOfLength(recordingPath(HEARING), path, seconds);
  return { label, path, seconds };
}
