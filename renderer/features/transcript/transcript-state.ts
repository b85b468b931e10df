import type { SegmentFlag } from '../../../src/contract/transcript.ts';
import type { TranscriptView } from '../../../src/contract/views.ts';
import type { CorrectedWord } from './document/corrected-word.ts';
import type { PlayerState } from './playback/player.ts';
import type { SavedState } from './sync/edit-queue.ts';

/** Facts of a transcript beside its text. */
export type TranscriptFacts = Omit<TranscriptView, 'segments' | 'speakers' | 'canUndo' | 'canRedo' | 'place'>;

/** Where a speaker is to be chosen: at a label, or at the caret. */
export interface SpeakerQuestion {
  /** Where the menu opens, in pixels of the window. */
  readonly place: { readonly left: number; readonly top: number; readonly height: number };
  /** Who speaks there now. */
  readonly speaker: string | null;
  /**
   * - `paragraph`: the answer is for these segments.
   * - `split`: someone else speaks from `position` on.
   */
  readonly scope:
    | { readonly kind: 'paragraph'; readonly segments: readonly string[] }
    | { readonly kind: 'split'; readonly position: number };
}

/** A name that was corrected and stands elsewhere too. */
export interface CorrectionOffer {
  readonly word: CorrectedWord;
  /** Segments in which it still stands. */
  readonly segments: readonly string[];
  readonly count: number;
}

/** Going through the other places of a corrected name. */
export interface Review extends CorrectionOffer {
  /** Which of the segments is being looked at. */
  readonly current: number;
  /** What was decided so far: by segment. */
  readonly decisions: ReadonlyMap<string, boolean>;
}

/** What is shown of the search. */
export interface FindState {
  readonly text: string;
  readonly replacement: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
  readonly count: number;
  /** The current match from 0; -1 where there is none. */
  readonly current: number;
  /** How often the search was asked for: each time the keyboard goes into its field. */
  readonly asked: number;
}

/** What the transcript's screen shows around the text. */
export interface TranscriptState {
  readonly facts: TranscriptFacts;
  readonly saved: SavedState;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** In the order in which they are first heard. */
  readonly speakers: readonly string[];
  /** Whether there is any text. */
  readonly hasText: boolean;
  readonly player: PlayerState;
  /** The playhead, ten times a second. */
  readonly timeMs: number;
  readonly soundFailed: boolean;
  /** The user types: the keys of speakers are text now. */
  readonly isTyping: boolean;
  /** Who is being assigned while playback goes on. */
  readonly assigning: string | null;
  readonly question: SpeakerQuestion | null;
  readonly find: FindState | null;
  readonly offer: CorrectionOffer | null;
  readonly review: Review | null;
  readonly doubts: number;
  /** What is to be known about the passage at the caret. */
  readonly flags: readonly SegmentFlag[];
  readonly selectionIsEmpty: boolean;
}
