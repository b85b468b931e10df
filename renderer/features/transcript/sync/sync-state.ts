import type { EditableSegment, TranscriptView } from '../../../../src/contract/views.ts';
import type { SyncCommand } from './command.ts';

/** Whether everything that was typed is stored. */
export type SavedState = 'saved' | 'saving' | 'failed';

/** Facts of a transcript beside its text. */
export type ShownFacts = Omit<TranscriptView, 'segments' | 'speakers' | 'canUndo' | 'canRedo' | 'place'>;

/** Texts of segments as typed by the user, by segment id. */
export type SyncedTexts = ReadonlyMap<string, string>;

/** Neighbouring segments with their new texts. */
export interface TypedRun {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/** One step at a time: first the typed text is stored, then the command that depends on it is run. */
export interface Step {
  readonly texts: SyncedTexts;
  /** The whole text typed without any segments; null if none. */
  readonly begun: string | null;
  /** The undo group of the typing. */
  readonly group: number;
  /** Null if there is only typing. */
  readonly command: SyncCommand | null;
  /** Names the command to the caller that awaits its outcome; null without one. */
  readonly ticket: number | null;
}

/** A reopened text that is shown in parts. */
export interface ReopenedText {
  readonly view: TranscriptView;
  /** Its segments; known ones are the same objects. */
  readonly segments: readonly EditableSegment[];
  /** How many of them the next part shows. */
  readonly count: number;
  /** Whether an earlier version can store what was typed in removed segments. */
  readonly hasEarlier: boolean;
  /** What was typed in removed segments, while it is being stored. */
  readonly leaving: TypedRun | null;
}

/**
 * What a step waits for.
 * - `ready`: nothing, it goes on at once.
 * - `storing`: the first of the outgoing runs is being stored; `beginning`: the first text if there are no segments.
 * - `asking`: its command is being run.
 * - `opening`: the text is being reopened; `showing`: the next part of it may be shown in the next task.
 * - `storingLeaving`: texts typed in segments about to be removed are being stored in the version that had them.
 */
export type SyncPhase =
  | 'ready'
  | 'storing'
  | 'beginning'
  | 'asking'
  | 'opening'
  | 'showing'
  | 'storingLeaving';

/** The step in progress. */
export interface CurrentStep extends Step {
  readonly phase: SyncPhase;
  /** What is still to be stored, in order. */
  readonly outgoing: readonly TypedRun[];
  readonly reopened: ReopenedText | null;
  /** What has arrived since the text was last opened: the answer may not include it. */
  readonly arrivedMeanwhile: readonly EditableSegment[];
  /** The segments before the command; null before it was sent. */
  readonly before: readonly EditableSegment[] | null;
  /** The result of its command, once answered. */
  readonly outcome: CommandOutcome | null;
}

/** A command's outcome. */
export interface CommandOutcome {
  readonly isDone: boolean;
  /** Ids of the inserted segments, in order. */
  readonly inserted: readonly string[];
  /** Number of changed occurrences, if it counts them. */
  readonly count: number;
}

/** How far the segments' words have been fetched. */
export interface WordLoading {
  readonly isLoading: boolean;
  /** Words may be missing that were not when fetching began. */
  readonly isStale: boolean;
  /** The segment from which on to look for words. */
  readonly from: number;
}

/** The timers. */
export type TimerName = 'keepUnsaved' | 'retry' | 'emptied';

/** An open transcript on both sides: what the main process has, and what the user has typed since. */
export interface SyncState {
  /** The main process's segments; the screen shows them with the unsent texts in their places. */
  readonly segments: readonly EditableSegment[];
  readonly facts: ShownFacts;
  readonly speakers: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly current: CurrentStep | null;
  readonly queue: readonly Step[];
  /** What the main process has of a text begun without segments, until its first segment is known here. */
  readonly storedBeginning: string;
  /** The undo group of what is typed next. */
  readonly group: number;
  readonly typedAtMs: number;
  /** Segments of the empty paragraph with the caret: just emptied, it may be rewritten. */
  readonly emptied: readonly string[];
  /** The last attempt has failed. */
  readonly hasFailed: boolean;
  /** The displayed text differs from the stored one: it is to be reopened. */
  readonly isOutdated: boolean;
  /** Code of the displayed error. */
  readonly told: string | null;
  /** Whether the main process keeps unsaved text. */
  readonly isKept: boolean;
  readonly timers: ReadonlySet<TimerName>;
  readonly isClosed: boolean;
  readonly words: WordLoading;
}

/** The state of a newly opened transcript. */
export function openedState(view: TranscriptView): SyncState {
  return {
    segments: view.segments,
    facts: factsOf(view),
    speakers: view.speakers,
    canUndo: view.canUndo,
    canRedo: view.canRedo,
    current: null,
    queue: [],
    storedBeginning: '',
    group: 0,
    typedAtMs: Number.NEGATIVE_INFINITY,
    emptied: [],
    hasFailed: false,
    isOutdated: false,
    told: null,
    isKept: false,
    timers: new Set(),
    isClosed: false,
    words: { isLoading: false, isStale: false, from: 0 },
  };
}

/** A transcript's facts beside its text. */
export function factsOf(view: TranscriptView): ShownFacts {
  const {
    segments: _segments,
    speakers: _speakers,
    canUndo: _undo,
    canRedo: _redo,
    place: _place,
    ...facts
  } = view;
  return facts;
}
