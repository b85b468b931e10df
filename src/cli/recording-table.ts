import type { Recording } from '../core/database/recordings/recordings.db.ts';
import type { Version } from '../core/database/transcripts/versions.db.ts';
import { shortClockTime } from '../core/export/clock-times.ts';
import { dayOf } from './quantities.ts';
import { shortId } from './short-id.ts';
import { table } from './table.ts';
import { SAY } from './words.ts';

/** A recording with the newest version of its transcript, if it has one. */
export interface RecordingRow {
  readonly recording: Recording;
  readonly version: Version | null;
}

/** The recordings of a vault. */
export function recordingTable(rows: readonly RecordingRow[]): string {
  const { id, recording, state, length, transcript, imported } = SAY.headings;
  return table(
    [id, recording, state, length, transcript, imported],
    rows.map(({ recording: { id: recordingId, name, state: now, durationMs, createdAtMs }, version }) => [
      shortId(recordingId),
      name,
      SAY.recordingStates[now],
      durationMs === null ? '' : shortClockTime(durationMs),
      versionName(version),
      dayOf(createdAtMs),
    ]),
  );
}

function versionName(version: Version | null): string {
  if (version === null) return SAY.noVersion;
  return version.completedAtMs === null ? SAY.unfinishedVersion : SAY.version(version.number);
}
