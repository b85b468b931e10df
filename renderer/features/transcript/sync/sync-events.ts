import type { AppError } from '../../../../src/contract/errors.ts';
import type { Word } from '../../../../src/contract/transcript.ts';
import type {
  EditableSegment,
  TranscriptPatch,
  TranscriptView,
  UnsavedText,
} from '../../../../src/contract/views.ts';
import type { AskedCommand, SyncCommand } from './command.ts';
import type { CommandOutcome, TimerName } from './sync-state.ts';

/** Events of an open transcript. */
export type SyncEvent =
  /** The user has typed in these segments: their entire current texts. */
  | {
      readonly type: 'typed';
      readonly texts: readonly { readonly id: string; readonly text: string }[];
      /** Segments of the empty paragraph with the caret; none if it is not empty or the focus is elsewhere. */
      readonly emptied: readonly string[];
      readonly atMs: number;
    }
  /** The user has typed without any segments: the whole text. */
  | { readonly type: 'begunTyping'; readonly text: string; readonly atMs: number }
  /** The caret has moved: what is typed from now on is another undo group. */
  | { readonly type: 'groupBegan'; readonly emptied: readonly string[] }
  | { readonly type: 'commanded'; readonly command: SyncCommand; readonly ticket: number | null }
  /** What an edit or a command has changed; null if so much that the text is to be reopened. */
  | {
      readonly type: 'answered';
      readonly patches: readonly TranscriptPatch[] | null;
      readonly count: number;
    }
  /** The last request was refused, or failed. */
  | { readonly type: 'refused'; readonly error: AppError }
  | { readonly type: 'opened'; readonly view: TranscriptView }
  /** The page has drawn what is due: the next part may be shown. */
  | { readonly type: 'resumed' }
  /** Finished windows of a running job. Their silences and languages come with the words after them. */
  | {
      readonly type: 'arrived';
      readonly segments: readonly EditableSegment[];
      readonly skipped: TranscriptView['skipped'];
      readonly otherLanguages: TranscriptView['otherLanguages'];
    }
  /** A range of the recording has been retranscribed, or all of it by the final job of its capture. */
  | { readonly type: 'retranscribed' }
  | { readonly type: 'timerEnded'; readonly timer: TimerName }
  /** Requests words, first those of the visible segments. */
  | { readonly type: 'wordsWanted'; readonly onScreen: readonly string[] }
  | { readonly type: 'wordsCame'; readonly words: ReadonlyMap<string, Word[]> }
  | { readonly type: 'wordsFailed' }
  /** No more automatic retries. */
  | { readonly type: 'closed' };

/** Effects: on the screen, at the main process, or by timer. */
export type SyncEffect =
  /** Shows these segments; the displayed text of held ones is newer and stays. */
  | {
      readonly type: 'show';
      readonly segments: readonly EditableSegment[];
      readonly held: ReadonlySet<string>;
    }
  /** Accepts the same segments with more data: no displayed text changes. */
  | { readonly type: 'takeSegments'; readonly segments: readonly EditableSegment[] }
  /** The whole displayed text is that of the first and only segment. */
  | { readonly type: 'begin'; readonly segments: readonly EditableSegment[] }
  /** Replaces the displayed texts of segments, as if typed; null is the id of a text without segments. */
  | {
      readonly type: 'type';
      readonly texts: readonly { readonly id: string | null; readonly text: string }[];
    }
  /** Scrolls a segment into view. */
  | { readonly type: 'reveal'; readonly segment: string }
  /** Stores texts in place of neighbouring segments; of none if there are none yet. */
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
  /** Sends all unsaved text to the main process. */
  | { readonly type: 'keepUnsaved'; readonly runs: UnsavedText['runs']; readonly group: number }
  | { readonly type: 'settle'; readonly ticket: number; readonly outcome: CommandOutcome }
  /** Shows an error, replacing an earlier one, and its retry. */
  | { readonly type: 'tell'; readonly error: AppError; readonly retry: 'flush' | 'reopen' }
  | { readonly type: 'takeAwayTold' }
  | { readonly type: 'startTimer'; readonly timer: TimerName; readonly afterMs: number }
  | { readonly type: 'stopTimer'; readonly timer: TimerName }
  /** Reports the visible segments: words are wanted. */
  | { readonly type: 'wantWords' }
  | { readonly type: 'fetchWords'; readonly segments: readonly string[]; readonly whenIdle: boolean }
  /** All segments' words are loaded. */
  | { readonly type: 'wordsComplete' };
