import { z } from '../../../contract/schema.ts';
import type { Connection, ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson, writeJson } from '../json-column.ts';
import { idList, isOneOfIds, where } from '../where.ts';

/** The view state of a transcript: caret, scroll position and playhead. */
export const StoredViewState = z.object({
  /** The segment with the caret; null for none. */
  segmentId: z.string().nullable(),
  /** The caret's position in the segment's text, in UTF-16 units. */
  offset: z.number().int(),
  scrollMs: z.number().int().nonnegative(),
  playheadMs: z.number().int().nonnegative(),
});
export type StoredViewState = z.infer<typeof StoredViewState>;

/** Reads view states. */
export class ViewStateReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The view state of a recording's transcript; null before the first time. */
  get(recordingId: string): StoredViewState | null {
    const sql = 'SELECT state FROM view_states WHERE recording_id = @recordingId';
    return readNullableJson(
      StoredViewState,
      this.#connection.one<{ state: string }>(sql, { recordingId })?.state ?? null,
    );
  }

  /** The playhead in ms in each recording with a view state, by their ids; only of these unless null. */
  playheads(recordingIds: readonly string[] | null): Record<string, number> {
    const conditions = where(recordingIds !== null && isOneOfIds('recording_id'));
    const rows = this.#connection.all<{ recordingId: string; state: string }>(
      `SELECT recording_id AS recordingId, state FROM view_states ${conditions}`,
      idList(recordingIds),
    );
    return Object.fromEntries(
      rows.map(({ recordingId, state }) => [recordingId, readJson(StoredViewState, state).playheadMs]),
    );
  }
}

/** Reads and stores view states. */
export class ViewStates extends ViewStateReader {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /** Stores a view state; many times a second during playback, so without waiting for the disk. */
  keep({ recordingId, state }: { recordingId: string; state: StoredViewState }): void {
    const written = writeJson(StoredViewState, state);
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
