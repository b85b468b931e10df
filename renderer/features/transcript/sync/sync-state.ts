import type { EditableSegment, TranscriptView } from '../../../../src/contract/views.ts';
import type { Command } from './command.ts';

/** Whether everything that was typed is stored. */
export type SavedState = 'saved' | 'saving' | 'failed';

/** Facts of a transcript beside its text. */
export type TranscriptFacts = Omit<TranscriptView, 'segments' | 'speakers' | 'canUndo' | 'canRedo' | 'place'>;

/** Texts of segments as the user has typed them, by the segments' ids. */
export type Texts = ReadonlyMap<string, string>;

/** Neighbouring segments with the texts that they shall have. */
export interface TypedRun {
  readonly ids: readonly string[];
  readonly texts: readonly string[];
}

/** One thing after the other: first what was typed is stored, then the command that builds on it is carried out. */
export interface Step {
  readonly texts: Texts;
  /** What was typed where there are no segments yet: all of it; null where nothing was. */
  readonly begun: string | null;
  /** The undo group that the typing belongs to. */
  readonly group: number;
  /** Null where there is only typing. */
  readonly command: Command | null;
  /** Names the command to whoever waits for its outcome; null where nobody does. */
  readonly ticket: number | null;
}

/** A text that was opened again, on its way onto the screen in parts. */
export interface ReopenedText {
  readonly view: TranscriptView;
  /** Its segments; those that were known before are the very same objects. */
  readonly segments: readonly EditableSegment[];
  /** How many of them the next part shows. */
  readonly count: number;
  /** Whether there is a version before that takes what was typed in segments that go. */
  readonly hasEarlier: boolean;
  /** What was typed in segments that go, while that is being stored. */
  readonly leaving: TypedRun | null;
}

/**
 * What a step waits for.
 * - `ready`: nothing, it goes on at once.
 * - `storing`: the first of the outgoing runs is being stored; `beginning`: the first text where there are no segments.
 * - `asking`: its command is being carried out.
 * - `opening`: the text is being opened again; `showing`: the next part of it may be shown in the next task.
 * - `storingLeaving`: texts typed in segments that are about to go are being stored in the version that had them.
 */
export type Phase = 'ready' | 'storing' | 'beginning' | 'asking' | 'opening' | 'showing' | 'storingLeaving';

/** The step that is under way. */
export interface CurrentStep extends Step {
  readonly phase: Phase;
  /** What is still to be stored, in order. */
  readonly outgoing: readonly TypedRun[];
  readonly reopened: ReopenedText | null;
  /** What has arrived since the text was last opened: the answer may not include it. */
  readonly arrivedMeanwhile: readonly EditableSegment[];
  /** The segments before the command; null before it was asked for. */
  readonly before: readonly EditableSegment[] | null;
  /** What its command has brought about, once that was answered. */
  readonly outcome: CommandOutcome | null;
}

/** What came of a command. */
export interface CommandOutcome {
  readonly isDone: boolean;
  /** Ids of the segments that it has put in, in order. */
  readonly inserted: readonly string[];
  /** How many places it has changed, where it counts them. */
  readonly count: number;
}

/** How far the words of the segments have been fetched. */
export interface WordLoading {
  readonly isLoading: boolean;
  /** Words may be missing that were not when fetching began. */
  readonly isStale: boolean;
  /** The segment from which on words are looked for. */
  readonly from: number;
}

/** What runs out by itself. */
export type TimerName = 'keepUnsaved' | 'retry' | 'emptied';

/** An open transcript on both sides: what the main process has, and what the user has typed since. */
export interface SyncState {
  /** The segments as the main process has them; the screen shows them with the unsent texts in their places. */
  readonly segments: readonly EditableSegment[];
  readonly facts: TranscriptFacts;
  readonly speakers: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly current: CurrentStep | null;
  readonly queue: readonly Step[];
  /** What the main process has got of a text that was begun without segments, before its first segment is known here. */
  readonly storedBeginning: string;
  /** The undo group that what is typed next belongs to. */
  readonly group: number;
  readonly typedAtMs: number;
  /** Segments of the blank paragraph with the caret: just emptied, it may be written anew. */
  readonly emptied: readonly string[];
  /** What was tried last has failed. */
  readonly hasFailed: boolean;
  /** The text on the screen is not the one that is stored: it is to be opened again. */
  readonly isOutdated: boolean;
  /** Code of the error that stands on the screen. */
  readonly told: string | null;
  /** Whether the main process keeps text that is not stored. */
  readonly isKept: boolean;
  readonly timers: ReadonlySet<TimerName>;
  readonly isClosed: boolean;
  readonly words: WordLoading;
}

/** The state of a transcript that was just opened. */
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

/** What a transcript says about itself beside its text. */
export function factsOf(view: TranscriptView): TranscriptFacts {
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
