import type { Recording } from '../../app/recordings/recordings.ts';
import type { Version } from '../../app/transcripts/transcripts.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { type CliTexts, headings } from '../texts.ts';
import { dayOf } from './quantities.ts';
import { shortId } from './short-id.ts';
import { table } from './table.ts';

/** A recording with the newest version of its transcript, if it has one. */
export interface ListedRecording {
  readonly recording: Recording;
  readonly version: Version | null;
}

/** The recordings of a vault. */
export function recordingTable(rows: readonly ListedRecording[], say: CliTexts): string {
  return table(
    headings(say, ['id', 'recording', 'state', 'length', 'transcript', 'imported']),
    rows.map(({ recording: { id: recordingId, name, state: now, durationMs, createdAtMs }, version }) => [
      shortId(recordingId),
      name,
      say(`recordingStates.${now}`),
      durationMs === null ? '' : shortClockTime(durationMs),
      versionName(version, say),
      dayOf(createdAtMs),
    ]),
  );
}

function versionName(version: Version | null, say: CliTexts): string {
  if (version === null) return say('noVersion');
  return version.completedAtMs === null
    ? say('unfinishedVersion')
    : say('version', { number: version.number });
}
