import { ExportContent, ExportFormat, SoundGain } from './document.ts';
import { EnglishSpelling } from './editor-tools.ts';
import { Failure } from './errors.ts';
import { JobProgress } from './events.ts';
import { BroughtText, WaitingTextView } from './existing-text.ts';
import { ExportStyle, USUAL_STYLE } from './export-style.ts';
import { FormatChoice } from './format-options.ts';
import { JobFigures, JobRange, JobState, LanguageChoice, SpeakerChoice } from './job.ts';
import { LOCALES } from './locale.ts';
import { Location } from './location.ts';
import { ModelHere } from './models.ts';
import { ProcessingQuality } from './quality.ts';
import { AssumedReading, ChannelLayout, RecordingState } from './recording.ts';
import { RecordingChoice } from './recording-choice.ts';
import { z } from './schema.ts';
import { ChangedShortcuts, TRANSPORT_IDS } from './shortcuts.ts';
import { SpeakerCount } from './speakers.ts';
import { LanguageRange, Segment, SkippedRange } from './transcript.ts';
import { VaultMoved, VaultMoving } from './vault-place.ts';

/** View models of the window: made by the main process from its rows, never stored. */

const id = z.uuid();
const time = z.number().int().nonnegative();

/**
 * Phase of the app.
 * - `firstRun`: there is no vault yet.
 * - `confirmKey`: the vault is being created or recovered; two groups of its new recovery key must be typed back.
 * - `locked`: the vault is sealed, or behind the curtain; the passphrase is needed to see anything.
 * - `moving`: the sealed vault is being moved to another folder.
 * - `missing`: a folder was chosen for the vault, and there is no vault there now, as when its disk is not plugged in.
 * - `open`.
 */
export const AppPhase = z.enum(['firstRun', 'confirmKey', 'locked', 'moving', 'missing', 'open']);
export type AppPhase = z.infer<typeof AppPhase>;

/** How the window looks and behaves. Holds no personal data. */
export const InterfaceSettings = z.object({
  language: z.enum(['system', ...LOCALES]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Auto-lock: minutes without input after which the curtain falls; null for never. */
  lockAfterMinutes: z.number().int().min(1).max(240).nullable(),
  /** Seal at once when locking, even while jobs run. */
  alwaysSeal: z.boolean(),
  /** Mark words of low confidence. */
  showDoubts: z.boolean(),
  /** How far a pause rewinds, so that playback resumes with what was played last. */
  rewindMs: z.number().int().min(0).max(10_000),
  /** How much of the machine transcriptions may take. */
  quality: ProcessingQuality,
  /** What the user last chose for recording. */
  recording: RecordingChoice,
  /** Keys that the user changed. */
  shortcuts: ChangedShortcuts,
  /** Mark words that the dictionaries do not know. */
  spelling: z.boolean(),
  /** Which English the dictionary is of. */
  english: EnglishSpelling,
});
export type InterfaceSettings = z.infer<typeof InterfaceSettings>;

/** A pedal or other input device that the user lets the window read. */
export const PedalView = z.object({
  vendorId: z.number().int().min(0).max(0xffff),
  productId: z.number().int().min(0).max(0xffff),
  name: z.string().max(200),
});
export type PedalView = z.infer<typeof PedalView>;

/** How much typed text could not be stored yet. */
export const UnsavedCount = z.object({
  letters: z.number().int().nonnegative(),
  passages: z.number().int().positive(),
});
export type UnsavedCount = z.infer<typeof UnsavedCount>;

/** Everything the window needs for its first frame. */
export const AppState = z.object({
  phase: AppPhase,
  /** Whether jobs run behind the curtain. */
  working: z.boolean(),
  /** Whether sound is being recorded, behind the curtain too. */
  recording: z.boolean(),
  /** The vault's folder, for the user to see. */
  vaultFolder: z.string(),
  /** Whether the vault's folder exists; if not, only `firstRun` and its `confirmKey` are possible. */
  vaultExists: z.boolean(),
  /** The move of the vault that is under way; null if none is. */
  moving: VaultMoving.nullable(),
  /** How the last move ended, until the vault is opened; null if there was none. */
  moved: VaultMoved.nullable(),
  /**
   * Unlocking with the system's keychain: `unavailable` if there is no real one; `on` if this vault has a slot for it.
   */
  keychain: z.enum(['unavailable', 'off', 'on']),
  /** Whether it may be used now: not from behind the curtain, nor after locking by hand. */
  keychainOffered: z.boolean(),
  /** Milliseconds to wait before the next passphrase is tried. */
  passphraseDelayMs: time,
  platform: z.enum(['linux', 'darwin', 'win32']),
  locale: z.string(),
  version: z.string(),
  settings: InterfaceSettings,
  /** The pedals that the window may read. */
  pedals: z.array(PedalView),
  /** Location on the page before this one, in an open vault; null if there was none. */
  here: Location.nullable(),
  /** Typed text that waits to be stored, as on a full disk; kept while the app runs. */
  unsaved: UnsavedCount.nullable(),
  /** How many files passed by another start of the app wait for the vault to be opened. */
  waitingFiles: z.number().int().nonnegative(),
  /** Actions from any program that cannot have one of their keys: another program or the system has it. */
  refusedKeys: z.array(z.enum(TRANSPORT_IDS)),
});
export type AppState = z.infer<typeof AppState>;

/** Options of a transcription as the user chooses them; the model by name. */
export const TranscriptionChoice = z.object({
  model: z.string().nullable(),
  language: LanguageChoice,
  prompt: z.string().max(2000),
  speakers: SpeakerChoice,
  /** How many speak, if they are told apart by their voices; null: found automatically. */
  speakerCount: SpeakerCount.nullable().default(null),
  translate: z.boolean(),
  keepSilence: z.boolean(),
});
export type TranscriptionChoice = z.infer<typeof TranscriptionChoice>;

/** A case, patient or study. */
export const MatterView = z.object({
  id,
  name: z.string().min(1).max(200),
  /** The court's or client's number of it; may be empty. */
  caseNumber: z.string().max(200).default(''),
  vocabulary: z.array(z.string()),
  speakers: z.array(z.string()),
  options: TranscriptionChoice.partial(),
});
export type MatterView = z.infer<typeof MatterView>;

/** The form of a matter while it is being filled in; null id for a new one. */
export const MatterDraft = z.object({
  id: id.nullable(),
  name: z.string().max(200),
  caseNumber: z.string().max(200).default(''),
  /** As typed: one per line. */
  vocabulary: z.string().max(1_000_000),
  speakers: z.string().max(1_000_000),
  options: MatterView.shape.options,
});
export type MatterDraft = z.infer<typeof MatterDraft>;

/** A job in a row of the library. */
export const JobView = z.object({
  id,
  state: JobState,
  /**
   * The range that it retranscribes, null for the whole recording. With a range, language and choice are those of the
   * rest.
   */
  range: JobRange.nullable(),
  progress: JobProgress.nullable(),
  failure: Failure.nullable(),
  /** A problem from which the running job recovers by itself. */
  hindrance: Failure.nullable(),
  retryAtMs: z.number().nullable(),
  language: z.string().nullable(),
  languageProbability: z.number().nullable(),
  choice: TranscriptionChoice,
  /** Order in the queue: the smallest is next. */
  position: z.number(),
  attempts: z.number().int().nonnegative(),
  figures: JobFigures.nullable(),
});
export type JobView = z.infer<typeof JobView>;

/** One of the files joined into a recording. */
export const RecordingPartView = z.object({
  /** The file's name. */
  name: z.string(),
  /** Its start in the recording. */
  startMs: time,
});
export type RecordingPartView = z.infer<typeof RecordingPartView>;

/** A recording in a row of the library. */
export const RecordingView = z.object({
  id,
  matterId: id.nullable(),
  name: z.string(),
  state: RecordingState,
  /** How its source was read without a header; null if it has one. */
  assumed: AssumedReading.nullable(),
  durationMs: time.nullable(),
  layout: ChannelLayout.nullable(),
  createdAtMs: z.number().int(),
  /** Path of the source, or of the first of several; still readable there unless the user removed it. */
  sourcePath: z.string(),
  /** The files that it was joined of, in order; empty if it came from one. */
  parts: z.array(RecordingPartView),
  sourceStillThere: z.boolean(),
  /** Original and working copy are sealed: the source may be deleted. */
  isSafe: z.boolean(),
  /** Why its import failed; null while it runs, when it succeeded, or if the job's failure says so. */
  importFailure: Failure.nullable(),
  /** When it was moved to the bin; null if it is not in it. */
  binnedAtMs: z.number().int().nullable(),
  /** The newest job, unless it was about a range and has ended; null if nothing was transcribed yet. */
  job: JobView.nullable(),
  /** Last playhead position in its transcript; null before the first visit. */
  placeMs: time.nullable(),
  /** Whether there is text to open. */
  hasTranscript: z.boolean(),
  /** Why its finished transcript has no words: none were spoken, or none understood; null if it has some. */
  wordless: z.enum(['noSpeech', 'notUnderstood']).nullable().optional(),
  /** The text that waits to be aligned to it, or for the user's answer; null if there is none. */
  waitingText: WaitingTextView.nullable().optional(),
  /** How many speakers its current text names. */
  speakers: z.number().int().nonnegative(),
});
export type RecordingView = z.infer<typeof RecordingView>;

/** A search hit in the current text of a recording. */
export const SearchHitView = z.object({
  recordingId: id,
  recordingName: z.string(),
  segmentId: z.string(),
  startMs: time,
  snippet: z.string(),
  matches: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
});
export type SearchHitView = z.infer<typeof SearchHitView>;

/** A segment of the current text. Its id, by which edits name it, is stable through edits of its text. */
export const EditableSegment = Segment.extend({
  id: z.string(),
  /** Channel of the working copy that it was transcribed from, from 0. */
  channel: z.number().int().nonnegative(),
  /** Whether the user has changed it. */
  edited: z.boolean(),
});
export type EditableSegment = z.infer<typeof EditableSegment>;

/** A transcript as the editor opens it. Segments are ordered by start, then channel. */
export const TranscriptView = z.object({
  recordingId: id,
  name: z.string(),
  versionNumber: z.number().int().positive(),
  /** `machine` as the engine wrote it, `edited` if it holds any edit. */
  versionKind: z.enum(['machine', 'edited']),
  durationMs: time,
  channels: z.number().int().positive(),
  complete: z.boolean(),
  transcribedMs: time,
  language: z.string().nullable(),
  gain: SoundGain,
  speakers: z.array(z.string()),
  skipped: z.array(SkippedRange),
  otherLanguages: z.array(LanguageRange),
  segments: z.array(EditableSegment),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** View state: caret, scroll and playhead. */
  place: z.object({
    segmentId: z.string().nullable(),
    offset: z.number().int(),
    scrollMs: time,
    playheadMs: time,
  }),
});
export type TranscriptView = z.infer<typeof TranscriptView>;

/** A transcript as it is sent to the window: the segments packed, without their words. */
export const OpenedTranscript = TranscriptView.omit({ segments: true, speakers: true }).extend({
  /** See `unpackSegments`. */
  packedSegments: z.string(),
});
export type OpenedTranscript = z.infer<typeof OpenedTranscript>;

/** Typed text of a transcript that could not be stored: neighbouring segments with their present texts. */
export const UnsavedText = z.object({
  /** See `transcripts.edit`. */
  undoGroup: id,
  runs: z.array(
    z.object({
      segments: z.array(z.string()).min(1),
      texts: z.array(z.string()),
      /** Start of the first of them. */
      startMs: time,
      /** How many characters differ from what is stored. */
      letters: z.number().int().nonnegative(),
    }),
  ),
});
export type UnsavedText = z.infer<typeof UnsavedText>;

/** A version of a transcript in the list. */
export const VersionView = z.object({
  id,
  /** 1 for the recording's first. */
  number: z.number().int().positive(),
  /** `machine` as the engine wrote it, `edited` with the user's edits. */
  kind: z.enum(['machine', 'edited']),
  /** When it was finished or last edited. */
  writtenAtMs: z.number().int(),
  model: z.string(),
  language: z.string().nullable(),
  /** Whether its transcription is complete. */
  complete: z.boolean(),
  /** Whether all of it was transcribed while it was recorded, and nothing by a final job. */
  isLive: z.boolean(),
  /** The file that its text was brought along in; null if the machine wrote it. */
  brought: BroughtText.pick({ name: true, fit: true }).nullable().optional(),
  /** How many segments differ from the machine's text; 0 for kind `machine`. */
  changedSegments: z.number().int().nonnegative(),
  isCurrent: z.boolean(),
});
export type VersionView = z.infer<typeof VersionView>;

/**
 * A difference between a version and the current text: the words of the version, segment by segment, and the current
 * text of the same range. A piece with `fromWord` equal to `toWord` holds no word: the current text has an insertion
 * there.
 */
export const VersionDifference = z.object({
  pieces: z
    .array(z.object({ segmentId: z.string(), fromWord: z.number().int(), toWord: z.number().int() }))
    .min(1),
  /** The beginning of the current text there; empty if there is none. */
  current: z.string(),
});
export type VersionDifference = z.infer<typeof VersionDifference>;

/** A version to read: its text, and its differences from the current text, in the version's order. */
export const VersionReading = z.object({
  version: VersionView,
  transcript: TranscriptView,
  differences: z.array(VersionDifference),
});
export type VersionReading = z.infer<typeof VersionReading>;

/** A place where an edit of the live text stayed, and what the machine heard there in the end. */
export const KeptEditView = z.object({
  /** The edited segments that stand there; none if the user removed all. */
  segmentIds: z.array(z.string()),
  /** The machine's segments that they hide. */
  machineIds: z.array(z.string()),
  startMs: time,
  endMs: time,
  text: z.string(),
  /** Empty if the machine heard nothing there. */
  heard: z.string(),
});
export type KeptEditView = z.infer<typeof KeptEditView>;

/**
 * A change of a text: `removed` segments are replaced by `inserted` ones, behind the segment `after`; null for the
 * beginning, or if nothing is inserted. A removed id may be among the inserted ones.
 */
export const TranscriptPatch = z.object({
  recordingId: id,
  after: z.string().nullable(),
  removed: z.array(z.string()),
  inserted: z.array(EditableSegment),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
});
export type TranscriptPatch = z.infer<typeof TranscriptPatch>;

/** A speech model on this machine, or one that could be imported. */
export const ModelView = z.object({
  name: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  installed: z.boolean(),
  isDefault: z.boolean(),
  isBundled: z.boolean(),
  /** The best official one for this machine's memory and processor; true for exactly one. */
  isRecommended: z.boolean(),
  verification: z.enum(['verified', 'notInCatalogue', 'altered']).nullable(),
  multilingual: z.boolean().nullable(),
  here: ModelHere,
});
export type ModelView = z.infer<typeof ModelView>;

/** The user's last export choice in this matter. */
export const ExportChoice = z.object({
  folder: z.string(),
  formats: z.array(ExportFormat).min(1),
  content: ExportContent,
  formatOptions: FormatChoice,
  /** Choices that are older than this field have the usual one. */
  style: ExportStyle.default(USUAL_STYLE),
});
export type ExportChoice = z.infer<typeof ExportChoice>;
