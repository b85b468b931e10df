import type { ReadableConnection } from '../connection.db.ts';
import { matchExpression } from './match-expression.ts';

/** One segment in which the words were found. */
export interface SearchHit {
  readonly recordingId: string;
  readonly recordingName: string;
  readonly versionId: string;
  readonly segmentId: string;
  readonly startMs: number;
  /** The whole segment. */
  readonly text: string;
  /** The words around the matches. */
  readonly snippet: string;
  /** The ranges of the matches in `snippet`, in UTF-16 units. */
  readonly matches: readonly MatchRange[];
}

/** A range of a snippet, from `start` up to but not including `end`. */
export interface MatchRange {
  readonly start: number;
  readonly end: number;
}

interface HitRow extends Omit<SearchHit, 'snippet' | 'matches'> {
  marked: string;
}

/** Private-use characters that SQLite puts around a match: no speech model writes them. */
const MATCH_START = '\u{f0001}';
const MATCH_END = '\u{f0002}';

const SNIPPET_WORDS = 24;

/** The best matches first, of one recording or all, in the current text only; the bin is left out. */
export const SEARCH = `SELECT recording.id AS recordingId, recording.name AS recordingName,
    version.id AS versionId, segment.id AS segmentId, segment.start_ms AS startMs, segment.text,
    snippet(segments_fts, 0, @matchStart, @matchEnd, '…', @words) AS marked
  FROM segments_fts
    JOIN segments AS segment ON segment.rowid = segments_fts.rowid
    JOIN versions AS written ON written.id = segment.version_id
    JOIN recordings AS recording ON recording.id = written.recording_id
    JOIN latest_versions AS version ON version.recording_id = written.recording_id
  WHERE segments_fts MATCH @expression AND (@recordingId IS NULL OR recording.id = @recordingId)
    AND recording.binned_at_ms IS NULL
    AND (version.id = written.id OR (version.kind = 'edited' AND version.parent_id = written.id
      AND NOT EXISTS (SELECT 1 FROM replaced_segments AS replaced
        WHERE replaced.version_id = version.id AND replaced.segment_id = segment.id)))
  ORDER BY segments_fts.rank, segment.rowid LIMIT @limit`;

/** Finds words in all transcripts, ignoring case and accents. */
export class SearchIndex {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /**
   * Segments that hold every word of `text`, the last as a prefix. Each recording is searched in its current version.
   * Any text is allowed; one without letters or digits finds nothing.
   */
  find({
    text,
    limit,
    recordingId = null,
  }: {
    text: string;
    limit: number;
    recordingId?: string | null;
  }): SearchHit[] {
    const expression = matchExpression(text);
    if (expression === null) return [];
    const rows = this.#connection.all<HitRow>(SEARCH, {
      expression,
      recordingId,
      limit,
      matchStart: MATCH_START,
      matchEnd: MATCH_END,
      words: SNIPPET_WORDS,
    });
    return rows.map(({ marked, ...hit }) => ({ ...hit, ...unmarked(marked) }));
  }
}

function unmarked(marked: string): Pick<SearchHit, 'snippet' | 'matches'> {
  const [first = '', ...marks] = marked.split(MATCH_START);
  let snippet = first;
  const matches = marks.map((mark) => {
    const [match = '', ...rest] = mark.split(MATCH_END);
    const start = snippet.length;
    snippet += match + rest.join('');
    return { start, end: start + match.length };
  });
  return { snippet, matches };
}
