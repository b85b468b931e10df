import type { AppError } from '../../../../src/contract/errors.ts';
import type { Word } from '../../../../src/contract/transcript.ts';
import type {
  EditableSegment,
  TranscriptPatch,
  TranscriptView,
  UnsavedText,
} from '../../../../src/contract/views.ts';
import type { AskedCommand, Command } from './command.ts';
import type { CommandOutcome, TimerName } from './sync-state.ts';

/** What happens to an open transcript. */
export type SyncEvent =
  /** The user has typed in these segments: their whole texts as they stand. */
  | {
      readonly type: 'typed';
      readonly texts: readonly { readonly id: string; readonly text: string }[];
      /** Segments of the blank paragraph with the caret; none where it is not blank or the keyboard is elsewhere. */
      readonly emptied: readonly string[];
      readonly atMs: number;
    }
  /** The user has typed where there are no segments: the whole text. */
  | { readonly type: 'begunTyping'; readonly text: string; readonly atMs: number }
  /** The caret is somewhere else: what is typed from now on is another step of undo. */
  | { readonly type: 'groupBegan'; readonly emptied: readonly string[] }
  | { readonly type: 'commanded'; readonly command: Command; readonly ticket: number | null }
  /** What an edit or a command has changed; null where that is so much that the text is to be opened again. */
  | {
      readonly type: 'answered';
      readonly patches: readonly TranscriptPatch[] | null;
      readonly count: number;
    }
  /** What was asked for last was refused, or could not be done. */
  | { readonly type: 'refused'; readonly error: AppError }
  | { readonly type: 'opened'; readonly view: TranscriptView }
  /** The page has drawn what is due: the next part may be shown. */
  | { readonly type: 'resumed' }
  /** Finished windows of a running job. What is said about silence and languages comes with the words behind it. */
  | {
      readonly type: 'arrived';
      readonly segments: readonly EditableSegment[];
      readonly skipped: TranscriptView['skipped'];
      readonly otherLanguages: TranscriptView['otherLanguages'];
    }
  /** A range of the recording has been retranscribed. */
  | { readonly type: 'retranscribed' }
  | { readonly type: 'timerEnded'; readonly timer: TimerName }
  /** Words are wanted, first those of the segments on the screen. */
  | { readonly type: 'wordsWanted'; readonly onScreen: readonly string[] }
  | { readonly type: 'wordsCame'; readonly words: ReadonlyMap<string, Word[]> }
  | { readonly type: 'wordsFailed' }
  /** Nothing is tried again by itself any more. */
  | { readonly type: 'closed' };

/** What is to be done: on the screen, at the main process, or by a clock. */
export type SyncEffect =
  /** Shows these segments; of those that are held, the text on the screen is newer than theirs and stays. */
  | {
      readonly type: 'show';
      readonly segments: readonly EditableSegment[];
      readonly held: ReadonlySet<string>;
    }
  /** Takes the same segments with more known of them: no text on the screen changes. */
  | { readonly type: 'takeSegments'; readonly segments: readonly EditableSegment[] }
  /** All that stands on the screen is the text of the first and only segment. */
  | { readonly type: 'begin'; readonly segments: readonly EditableSegment[] }
  /** Puts texts in the place of what segments say on the screen, as if typed; null names a text without segments. */
  | {
      readonly type: 'type';
      readonly texts: readonly { readonly id: string | null; readonly text: string }[];
    }
  /** Brings a segment into sight. */
  | { readonly type: 'reveal'; readonly segment: string }
  /** Stores texts in the place of neighbouring segments; of none where there are none yet. */
  | {
      readonly type: 'edit';
      readonly segments: readonly string[];
      readonly texts: readonly string[];
      readonly group: number;
    }
  | { readonly type: 'ask'; readonly command: AskedCommand }
  | { readonly type: 'open' }
  /** Goes on in the next task. */
  | { readonly type: 'pause' }
  /** Tells the main process all that is not stored. */
  | { readonly type: 'keepUnsaved'; readonly runs: UnsavedText['runs']; readonly group: number }
  | { readonly type: 'settle'; readonly ticket: number; readonly outcome: CommandOutcome }
  /** Tells the user of an error, in the place of one told before, and what tries again. */
  | { readonly type: 'tell'; readonly error: AppError; readonly retry: 'flush' | 'reopen' }
  | { readonly type: 'takeAwayTold' }
  | { readonly type: 'startTimer'; readonly timer: TimerName; readonly afterMs: number }
  | { readonly type: 'stopTimer'; readonly timer: TimerName }
  /** Says which segments are on the screen: words are wanted. */
  | { readonly type: 'wantWords' }
  | { readonly type: 'fetchWords'; readonly segments: readonly string[]; readonly whenIdle: boolean }
  /** The words of all segments are there. */
  | { readonly type: 'wordsComplete' };
