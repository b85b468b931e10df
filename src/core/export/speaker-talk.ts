import type { TranscriptDocument } from '../../contract/document.ts';
import type { SpeakerLane } from '../../contract/speakers.ts';
import { labelledTurns } from '../speakers/labelled-turns.ts';

/**
 * Who talks when, under the names of the text. A recording whose speakers have a channel each has no turns: its segments
 * tell who talks, pauses within them included.
 */
export function speakerTalk({ turns, segments }: TranscriptDocument): SpeakerLane[] {
  if (turns.length > 0) return labelledTurns(turns, segments);
  return labelledTurns(
    [],
    segments.map((segment) => ({ ...segment, words: [] })),
  );
}
