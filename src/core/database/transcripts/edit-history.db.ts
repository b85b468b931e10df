import type { ReadableConnection } from '../connection.db.ts';
import type { LoggedChange, LoggedSegment } from './edit-log.db.ts';

/** A passage that an edit changed: the texts of its segments before and after; empty for none. */
export interface EditedPassage {
  readonly atMs: number;
  /** Where it begins in the recording. */
  readonly startMs: number;
  readonly before: string;
  readonly after: string;
}

interface Piece {
  readonly startMs: number;
  readonly text: string;
}

/** Reads what edits have changed, for the provenance of exports. */
export class EditHistoryReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The passages changed by the edits of a version that are in effect, in the order of the edits; none for the machine's own. */
  passages(versionId: string): EditedPassage[] {
    const log = this.#connection.all<{ atMs: number; changes: string }>(
      'SELECT at_ms AS atMs, changes FROM edits WHERE version_id = @versionId AND undone = 0 ORDER BY number',
      { versionId },
    );
    const edits = log.map(({ atMs, changes }) => ({ atMs, changes: JSON.parse(changes) as LoggedChange[] }));
    const ids = edits.flatMap(({ changes }) =>
      changes.flatMap(({ removed, inserted }) =>
        [...removed, ...inserted].filter((one) => typeof one === 'string'),
      ),
    );
    const machine = this.#machinePieces(versionId, ids);
    const pieceOf = (segment: LoggedSegment): Piece | undefined =>
      typeof segment === 'string'
        ? machine.get(segment)
        : { startMs: segment.segment.startMs, text: segment.segment.text };
    return edits.flatMap(({ atMs, changes }) =>
      changes.map(({ removed, inserted }): EditedPassage => {
        const [before, after] = [removed, inserted].map((side) => side.flatMap((one) => pieceOf(one) ?? []));
        const all = [...(before ?? []), ...(after ?? [])];
        return {
          atMs,
          startMs: Math.min(...all.map(({ startMs }) => startMs), Number.MAX_SAFE_INTEGER),
          before: textOf(before ?? []),
          after: textOf(after ?? []),
        };
      }),
    );
  }

  #machinePieces(versionId: string, ids: readonly string[]): ReadonlyMap<string, Piece> {
    const rows = this.#connection.all<Piece & { id: string }>(
      `SELECT segments.id, segments.start_ms AS startMs, segments.text FROM segments INDEXED BY segments_by_id
         JOIN versions ON versions.id = @versionId AND segments.version_id = versions.parent_id
       WHERE segments.id IN (SELECT value FROM json_each(@ids))`,
      { versionId, ids: JSON.stringify(ids) },
    );
    return new Map(rows.map(({ id, startMs, text }) => [id, { startMs, text }]));
  }
}

function textOf(pieces: readonly Piece[]): string {
  return [...pieces]
    .sort((one, other) => one.startMs - other.startMs)
    .map(({ text }) => text)
    .join(' ');
}
