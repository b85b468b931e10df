import { ExportContent, ExportFormat, SoundGain } from './document.ts';
import { Failure } from './errors.ts';
import { JobProgress } from './events.ts';
import { FormatChoice } from './format-options.ts';
import { JobFigures, JobRange, JobState, LanguageChoice, SpeakerChoice } from './job.ts';
import { LOCALES } from './locale.ts';
import { Location } from './location.ts';
import { AssumedReading, ChannelLayout, RecordingState } from './recording.ts';
import { z } from './schema.ts';
import { ChangedShortcuts } from './shortcuts.ts';
import { LanguageRange, Segment, SkippedRange } from './transcript.ts';

/** What the window shows: shapes made by the main process from its rows, never stored. */

const id = z.uuid();
const time = z.number().int().nonnegative();

/**
 * Where the app stands.
 * - `firstRun`: there is no vault yet.
 * - `confirmKey`: the vault is about to be made or recovered; two groups of its new recovery key are to be typed back.
 * - `locked`: the vault is sealed, or behind the curtain; the passphrase is needed to see anything.
 * - `open`.
 */
export const AppPhase = z.enum(['firstRun', 'confirmKey', 'locked', 'open']);
export type AppPhase = z.infer<typeof AppPhase>;

/** How the window looks and behaves. Nothing in it tells about people. */
export const InterfaceSettings = z.object({
  language: z.enum(['system', ...LOCALES]),
  theme: z.enum(['system', 'light', 'dark']),
  /** Minutes without input after which the curtain falls; null for never. */
  lockAfterMinutes: z.number().int().min(1).max(240).nullable(),
  /** Seal at once when locking, even while work runs. */
  alwaysSeal: z.boolean(),
  /** Show marks on doubtful words. */
  showDoubts: z.boolean(),
  /** How far a pause goes back, so that going on begins with what was heard last. */
  rewindMs: z.number().int().min(0).max(10_000),
  /** The keys that were changed. */
  shortcuts: ChangedShortcuts,
});
export type InterfaceSettings = z.infer<typeof InterfaceSettings>;

/** A pedal, or another device with buttons, that the user has let the window listen to. */
export const PedalView = z.object({
  vendorId: z.number().int().min(0).max(0xffff),
  productId: z.number().int().min(0).max(0xffff),
  name: z.string().max(200),
});
export type PedalView = z.infer<typeof PedalView>;

/** How much of what was typed could not be stored yet. */
export const UnsavedCount = z.object({
  letters: z.number().int().nonnegative(),
  passages: z.number().int().positive(),
});
export type UnsavedCount = z.infer<typeof UnsavedCount>;

/** Everything the window needs to draw its first frame. */
export const AppState = z.object({
  phase: AppPhase,
  /** Whether jobs go on behind the curtain. */
  working: z.boolean(),
  /** The vault's folder, for the user to see. */
  vaultFolder: z.string(),
  /** Whether a vault's folder is there already; where not, only `firstRun` and its `confirmKey` are possible. */
  vaultExists: z.boolean(),
  /**
   * Unlocking with the system's keychain: `unavailable` where that is no real one; `on` where this vault has a slot for it.
   */
  keychain: z.enum(['unavailable', 'off', 'on']),
  /** Whether it may be used now: not from behind the curtain, and not after locking by hand. */
  keychainOffered: z.boolean(),
  /** Milliseconds to wait before the next passphrase is looked at. */
  passphraseDelayMs: time,
  platform: z.enum(['linux', 'darwin', 'win32']),
  locale: z.string(),
  version: z.string(),
  settings: InterfaceSettings,
  /** The pedals that may be listened to. */
  pedals: z.array(PedalView),
  /** Where the user was when the page before this one went, in an open vault; null where there was none. */
  here: Location.nullable(),
  /** What was typed and waits to be stored, as on a full disk; kept as long as the app runs. */
  unsaved: UnsavedCount.nullable(),
  /** How many files another start of the app has handed over that wait for the vault to be opened. */
  waitingFiles: z.number().int().nonnegative(),
});
export type AppState = z.infer<typeof AppState>;

/** The options of a transcription as the user chooses them; the model by its name. */
export const TranscriptionChoice = z.object({
  model: z.string().nullable(),
  language: LanguageChoice,
  prompt: z.string().max(2000),
  speakers: SpeakerChoice,
  translate: z.boolean(),
  keepSilence: z.boolean(),
});
export type TranscriptionChoice = z.infer<typeof TranscriptionChoice>;

/** A case, patient or study. */
export const MatterView = z.object({
  id,
  name: z.string().min(1).max(200),
  vocabulary: z.array(z.string()),
  speakers: z.array(z.string()),
  options: TranscriptionChoice.partial(),
});
export type MatterView = z.infer<typeof MatterView>;

/** The form of a matter while it is being filled in; without an id that of a new one. */
export const MatterDraft = z.object({
  id: id.nullable(),
  name: z.string().max(200),
  /** As it is typed: one to a line. */
  vocabulary: z.string().max(1_000_000),
  speakers: z.string().max(1_000_000),
  options: MatterView.shape.options,
});
export type MatterDraft = z.infer<typeof MatterDraft>;

/** A job as a row of the library shows it. */
export const JobView = z.object({
  id,
  state: JobState,
  /** The range that it transcribes again; null for the whole recording. Language and choice are then those of the rest. */
  range: JobRange.nullable(),
  progress: JobProgress.nullable(),
  failure: Failure.nullable(),
  /** What the running job met and gets over by itself. */
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

/** One of the files that a recording was joined of. */
export const RecordingPartView = z.object({
  /** The file's name. */
  name: z.string(),
  /** Where it begins in the recording. */
  startMs: time,
});
export type RecordingPartView = z.infer<typeof RecordingPartView>;

/** A recording as a row of the library shows it. */
export const RecordingView = z.object({
  id,
  matterId: id.nullable(),
  name: z.string(),
  state: RecordingState,
  /** How its source was read where no header told; null where one did. */
  assumed: AssumedReading.nullable(),
  durationMs: time.nullable(),
  layout: ChannelLayout.nullable(),
  createdAtMs: z.number().int(),
  /** Where the source lay, or the first one of several; still readable there unless the user has removed it. */
  sourcePath: z.string(),
  /** The files that it was joined of, in order; none where it came from one. */
  parts: z.array(RecordingPartView),
  sourceStillThere: z.boolean(),
  /** Original and working copy are sealed: the source may go. */
  isSafe: z.boolean(),
  /** Why its source could not be read; null where it is being read, has been, or a job tells it. */
  importFailure: Failure.nullable(),
  /** When it was put into the bin; null where it is not. */
  binnedAtMs: z.number().int().nullable(),
  /** The newest job, unless it was about a range and has come to its end; null where nothing was transcribed yet. */
  job: JobView.nullable(),
  /** The playhead's place in its transcript when the user was there last; null before. */
  placeMs: time.nullable(),
  /** Whether there is text to open. */
  hasTranscript: z.boolean(),
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

/** A segment of the current text, with the id by which edits name it: it stays the same through edits of its text. */
export const EditableSegment = Segment.extend({
  id: z.string(),
  /** Which channel of the working copy it was transcribed from, from 0. */
  channel: z.number().int().nonnegative(),
  /** Whether the user has changed it. */
  edited: z.boolean(),
});
export type EditableSegment = z.infer<typeof EditableSegment>;

/** A transcript as the editor opens it. Segments come in order of start, then channel. */
export const TranscriptView = z.object({
  recordingId: id,
  name: z.string(),
  versionNumber: z.number().int().positive(),
  /** `machine` as the engine wrote it, `edited` where any edit stands. */
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
  /** Where the user was: caret, scroll and playhead. */
  place: z.object({
    segmentId: z.string().nullable(),
    offset: z.number().int(),
    scrollMs: time,
    playheadMs: time,
  }),
});
export type TranscriptView = z.infer<typeof TranscriptView>;

/** A transcript as it crosses to the window that opens it: the segments without their words, packed. */
export const OpenedTranscript = TranscriptView.omit({ segments: true, speakers: true }).extend({
  /** See `unpackSegments`. */
  packedSegments: z.string(),
});
export type OpenedTranscript = z.infer<typeof OpenedTranscript>;

/** What was typed in a transcript and could not be stored: neighbouring segments with the texts they have now. */
export const UnsavedText = z.object({
  /** See `transcripts.edit`. */
  gesture: id,
  runs: z.array(
    z.object({
      segments: z.array(z.string()).min(1),
      texts: z.array(z.string()),
      /** When the first of them is spoken. */
      startMs: time,
      /** How many letters differ from what is stored. */
      letters: z.number().int().nonnegative(),
    }),
  ),
});
export type UnsavedText = z.infer<typeof UnsavedText>;

/** A version of a transcript as it is listed. */
export const VersionView = z.object({
  id,
  /** 1 for the recording's first. */
  number: z.number().int().positive(),
  /** `machine` as the engine wrote it, `edited` as the user's edits have made it. */
  kind: z.enum(['machine', 'edited']),
  /** When it became what it is: written to its end, or edited last. */
  writtenAtMs: z.number().int(),
  model: z.string(),
  language: z.string().nullable(),
  /** Whether the machine has written it to its end. */
  complete: z.boolean(),
  /** How many segments differ from what the machine wrote; 0 for the machine's own. */
  changedSegments: z.number().int().nonnegative(),
  isCurrent: z.boolean(),
});
export type VersionView = z.infer<typeof VersionView>;

/**
 * A place where a version says something else than the current text: the words of the version, segment by segment, and
 * what stands there now. A piece whose `fromWord` is its `toWord` holds no word: the current text has more there.
 */
export const VersionDifference = z.object({
  pieces: z
    .array(z.object({ segmentId: z.string(), fromWord: z.number().int(), toWord: z.number().int() }))
    .min(1),
  /** The beginning of what the current text has there; empty where it has nothing. */
  current: z.string(),
});
export type VersionDifference = z.infer<typeof VersionDifference>;

/** A version to be read: its text, and where the current text differs, in the order of the version's text. */
export const VersionReading = z.object({
  version: VersionView,
  transcript: TranscriptView,
  differences: z.array(VersionDifference),
});
export type VersionReading = z.infer<typeof VersionReading>;

/**
 * What changed in a text: these segments went, those stand in their place, behind the segment `after`; null stands for the
 * beginning, or for nothing inserted. A removed id may come back among the inserted ones.
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

/** A speech model on this machine, or one that could be brought. */
export const ModelView = z.object({
  name: z.string(),
  sizeBytes: z.number(),
  sha256: z.string(),
  installed: z.boolean(),
  isDefault: z.boolean(),
  isBundled: z.boolean(),
  /** The best one for this machine's memory and processor, of the official ones; exactly one is. */
  isRecommended: z.boolean(),
  verification: z.enum(['verified', 'notInCatalogue', 'altered']).nullable(),
  multilingual: z.boolean().nullable(),
});
export type ModelView = z.infer<typeof ModelView>;

/** What the user chose when exporting last in this matter. */
export const ExportChoice = z.object({
  folder: z.string(),
  formats: z.array(ExportFormat).min(1),
  content: ExportContent,
  formatOptions: FormatChoice,
});
export type ExportChoice = z.infer<typeof ExportChoice>;
