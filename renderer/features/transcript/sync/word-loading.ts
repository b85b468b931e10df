import type { Word } from '../../../../src/contract/transcript.ts';
import { awaitsWords } from '../document/outlines.ts';
import { indexesOf, shareIndexes } from '../document/segment-indexes.ts';
import type { Turn } from './turn.ts';

/*
 * The words of an opened transcript are loaded after its text: first those of visible segments, then the others, when
 * idle. Until a segment's words are loaded, its own times are used instead.
 */

/** Segments per request of words: few milliseconds of work for each process. */
const BATCH = 400;

/** Fetches missing words, first of these segments; if fetching is in progress, once more after it. */
export function wordsWanted(turn: Turn, onScreen: readonly string[]): void {
  const { words, segments } = turn.state;
  if (words.isLoading) {
    turn.set({ words: { ...words, isStale: true } });
    return;
  }
  turn.set({ words: { isLoading: true, isStale: false, from: 0 } });
  const places = indexesOf(segments);
  const missing = onScreen.filter((id) => {
    const segment = segments[places.get(id) ?? -1];
    return segment !== undefined && awaitsWords(segment);
  });
  if (missing.length === 0) fetchNext(turn);
  else turn.emit({ type: 'fetchWords', segments: missing.slice(0, BATCH), whenIdle: false });
}

/** Accepts fetched words, and goes on. */
export function takeWords(turn: Turn, words: ReadonlyMap<string, Word[]>): void {
  const before = turn.state.segments;
  const places = indexesOf(before);
  const segments = before.slice();
  for (const [id, own] of words) {
    const place = places.get(id) ?? -1;
    const segment = segments[place];
    // An edit brings the words of its changes, and these are newer.
    if (segment !== undefined && awaitsWords(segment)) segments[place] = { ...segment, words: own };
  }
  shareIndexes(segments, before);
  turn.set({ segments });
  turn.emit({ type: 'takeSegments', segments });
  fetchNext(turn);
}

/** Without its words a text is read, played and edited all the same; the next opening retries. */
export function wordsFailed(turn: Turn): void {
  turn.set({ words: { isLoading: false, isStale: false, from: 0 } });
}

function fetchNext(turn: Turn): void {
  const { words, segments, isClosed } = turn.state;
  const missing: string[] = [];
  let { from } = words;
  for (; from < segments.length && missing.length < BATCH; from += 1) {
    const segment = segments[from];
    if (segment !== undefined && awaitsWords(segment)) missing.push(segment.id);
  }
  if (missing.length > 0 && !isClosed) {
    turn.set({ words: { ...words, from } });
    turn.emit({ type: 'fetchWords', segments: missing, whenIdle: true });
    return;
  }
  turn.set({ words: { isLoading: false, isStale: false, from: 0 } });
  turn.emit({ type: words.isStale ? 'wantWords' : 'wordsComplete' });
}
