import { z } from '../../../contract/schema.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson, writeJson } from '../json-column.ts';
import { idList, isOneOfIds, where } from '../where.ts';

/** Where the user was in a transcript. */
export const Place = z.object({
  /** The segment with the caret; null for none. */
  segmentId: z.string().nullable(),
  /** The caret's place in the segment's text, in UTF-16 units. */
  offset: z.number().int(),
  scrollMs: z.number().int().nonnegative(),
  playheadMs: z.number().int().nonnegative(),
});
export type Place = z.infer<typeof Place>;

/** Reads where the user was. */
export class PlaceReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** Where the user was in a recording's transcript; null before the first time. */
  get(recordingId: string): Place | null {
    const sql = 'SELECT state FROM view_states WHERE recording_id = @recordingId';
    return readNullableJson(
      Place,
      this.#connection.one<{ state: string }>(sql, { recordingId })?.state ?? null,
    );
  }

  /** Where the playhead stands in each recording that the user was in, by their ids; in these alone unless null. */
  playheads(recordingIds: readonly string[] | null): Record<string, number> {
    const conditions = where(recordingIds !== null && isOneOfIds('recording_id'));
    const rows = this.#connection.all<{ recordingId: string; state: string }>(
      `SELECT recording_id AS recordingId, state FROM view_states ${conditions}`,
      idList(recordingIds),
    );
    return Object.fromEntries(
      rows.map(({ recordingId, state }) => [recordingId, readJson(Place, state).playheadMs]),
    );
  }
}

/** Reads and keeps where the user was. */
export class Places extends PlaceReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Keeps a place; many times a second while it plays, so the disk is not waited for. */
  keep({ recordingId, place }: { recordingId: string; place: Place }): void {
    const written = writeJson(Place, place);
    this.#connection.unhurried(() => this.#write(recordingId, written));
  }

  #write(recordingId: string, state: string): void {
    this.#connection.run(
      `INSERT INTO view_states (recording_id, state) VALUES (@recordingId, @state)
       ON CONFLICT DO UPDATE SET state = excluded.state`,
      { recordingId, state },
    );
  }
}
