import type { ReadableConnection } from '../connection.db.ts';
import { idList, isOneOfIds, where } from '../where.ts';

/**
 * The labels of each text, one look into the index for each, however many segments have it. Of the machine's labels those count
 * that a segment has which no edit replaces.
 */
const COUNTS = (conditions: string) => `
  WITH RECURSIVE
    texts (recording_id, machine_id, edited_id) AS (
      SELECT recording_id, iif(kind = 'edited', parent_id, id), iif(kind = 'edited', id, NULL)
      FROM latest_versions ${conditions}
    ),
    written (recording_id, edited_id, version_id) AS (
      SELECT recording_id, edited_id, machine_id FROM texts
      UNION ALL SELECT recording_id, edited_id, edited_id FROM texts WHERE edited_id IS NOT NULL
    ),
    labels (recording_id, edited_id, version_id, speaker) AS (
      SELECT recording_id, edited_id, version_id,
        (SELECT min(speaker) FROM segments WHERE version_id = written.version_id AND speaker IS NOT NULL)
      FROM written
      UNION ALL
      SELECT recording_id, edited_id, version_id,
        (SELECT min(speaker) FROM segments
         WHERE version_id = labels.version_id AND speaker IS NOT NULL AND speaker > labels.speaker)
      FROM labels WHERE speaker IS NOT NULL
    )
  SELECT recording_id AS recordingId, count(DISTINCT speaker) AS speakers FROM labels
  WHERE speaker IS NOT NULL AND (version_id = edited_id OR EXISTS (
    SELECT 1 FROM segments INDEXED BY speakers_of_segments
    WHERE version_id = labels.version_id AND speaker IS NOT NULL AND speaker = labels.speaker
      AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
        WHERE replaced.version_id = labels.edited_id AND replaced.segment_id = segments.id)))
  GROUP BY recording_id`;

/** Counts the speakers of current texts. */
export class SpeakerCountReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** How many speakers the current text names, by the recording's id; of these recordings, of all if null. Others have none. */
  ofTexts(recordingIds: readonly string[] | null): Record<string, number> {
    const sql = COUNTS(where(recordingIds !== null && isOneOfIds('recording_id')));
    const rows = this.#connection.all<{ recordingId: string; speakers: number }>(sql, idList(recordingIds));
    return Object.fromEntries(rows.map(({ recordingId, speakers }) => [recordingId, speakers]));
  }
}
