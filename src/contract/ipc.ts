import {
  CaptureLevel,
  CaptureOptions,
  CaptureView,
  InputDevice,
  LiveText,
  Marker,
  UnfinishedCapture,
} from './capture.ts';
import { CitedPlace } from './citation.ts';
import {
  AddedRules,
  AppliedCorrection,
  CorrectedWord,
  CorrectionKey,
  CorrectionRule,
  CorrectionRuleText,
} from './correction-rules.ts';
import { PageFailure } from './diagnostics.ts';
import { ExportContent, ExportFormat } from './document.ts';
import { KnownWords, RecordingSound, Snippets, SPELLING_LANGUAGES, SpelledWord } from './editor-tools.ts';
import { EgressEnd, EgressResult, EgressTarget, PAGE_WAYS, PrivacyReport } from './egress.ts';
import { Failure } from './errors.ts';
import { ForwardedEvent } from './events.ts';
import { TextOutcome } from './existing-text.ts';
import { ExportPreview } from './export-preview.ts';
import { ExportStyle, USUAL_STYLE, WordTemplateView } from './export-style.ts';
import { FormatChoice } from './format-options.ts';
import { JobRange } from './job.ts';
import { LeftOutNote } from './left-out.ts';
import { Location } from './location.ts';
import { MOST_TRIED_MODELS, ModelAdvice, ModelTrial } from './models.ts';
import { PassphraseStrength } from './passphrase.ts';
import { PlaceMeasure, PlaceView } from './places.ts';
import {
  BleepSound,
  Pseudonym,
  PseudonymsView,
  SavedPseudonym,
  SoundFormat,
  WrittenSound,
} from './pseudonyms.ts';
import { LONGEST_SPOKEN, ReadingSpeed, SpokenFormat, SpokenSentence } from './read-aloud.ts';
import { CertificateView, DueView, RetentionDays, RetentionView } from './retention.ts';
import { z } from './schema.ts';
import { TRANSPORT_IDS } from './shortcuts.ts';
import { CheckerName, CheckingView, PlayedSpan, SignOffView } from './sign-off.ts';
import { KnownVoiceView, SimilarSegment, SpeakerCount, SpeakersView } from './speakers.ts';
import { LanguageRange, SkippedRange } from './transcript.ts';
import { UsualLanguages } from './usual-languages.ts';
import { KeepingProgress, MadeBackup, VaultCheck } from './vault-check.ts';
import { PlannedVaultMove } from './vault-place.ts';
import {
  AppState,
  EditableSegment,
  ExportChoice,
  InterfaceSettings,
  KeptEditView,
  MatterDraft,
  MatterView,
  ModelView,
  OpenedTranscript,
  PedalView,
  RecordingView,
  SearchHitView,
  TranscriptionChoice,
  TranscriptPatch,
  TranscriptView,
  UnsavedText,
  VersionReading,
  VersionView,
} from './views.ts';
import { WatchedFolderChoice, WatchedFolderView } from './watched-folders.ts';

const id = z.uuid();
const ids = z.array(id).min(1).max(10_000);
const nothing = z.void();
/** Undo group: consecutive edits with the same id are undone together. */
const undoGroup = id.optional();

/** What an edit changed; null when so much that the text must be reopened. */
const Patches = z.array(TranscriptPatch).nullable();
/** Segment ids. A text of ten hours has 12,000, and all may be selected at once. */
const segmentIds = z.array(z.string()).min(1).max(200_000);

const ImportChoice = z.object({
  matterId: id.nullable(),
  choice: TranscriptionChoice,
});

/** A file that could not be imported; `ticket` identifies it for `library.importAgain`. */
const Rejection = z.object({ ticket: id, name: z.string(), failure: Failure });

/**
 * Result of an import: each file was added, was a speech model, was rejected with a reason, or was left out though it
 * has no fault.
 */
export const ImportOutcome = z.object({
  added: z.array(id),
  models: z.array(ModelView),
  rejected: z.array(Rejection),
  leftOut: z.array(LeftOutNote),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** Two groups of a recovery key, as typed back. */
const typedGroups = z.array(z.object({ index: z.number().int(), text: z.string() })).length(2);

/** Text of a problem report, and whether logging is on. */
const DiagnosticReport = z.object({ text: z.string(), isLogKept: z.boolean() });
export type DiagnosticReport = z.infer<typeof DiagnosticReport>;

/**
 * Every request from the window to the main process, declared once: the main process's handlers, the preload bridge and
 * the renderer's client are derived from it. Named `domain.verb`; the receiving side parses input and output.
 */
export const requests = {
  'app.state': { input: nothing, output: AppState },
  'app.change': { input: InterfaceSettings.partial(), output: AppState },
  /** Revokes the window's access to devices of this model; the user can choose them again in the system's dialog. */
  'app.forgetPedal': { input: PedalView.omit({ name: true }), output: AppState },
  /** A page has started; `afterFailure` is true once, for the first page after one that failed. */
  'app.begun': { input: nothing, output: z.object({ afterFailure: z.boolean() }) },
  /** The user's location: `app.state` returns it to the page that replaces this one. */
  'app.here': { input: Location, output: nothing },
  /** Whether the window plays or records audio, which counts as activity for auto-lock. */
  'app.playing': { input: z.object({ playing: z.boolean() }), output: nothing },
  'app.reveal': {
    input: z.object({ what: z.enum(['source', 'export', 'vault']), id: id.nullable() }),
    output: nothing,
  },

  /** The current problem report, with the vault open or locked, and whether a log is kept. */
  'diagnostics.report': { input: nothing, output: DiagnosticReport },
  /** Lets the user choose where to write the last requested report. */
  'diagnostics.save': { input: nothing, output: z.object({ saved: z.boolean() }) },
  /** Copies the last requested report to the clipboard. */
  'diagnostics.copy': { input: nothing, output: nothing },
  /** Starts or stops logging, of the command line too; stopping deletes the log. */
  'diagnostics.keepLog': { input: z.object({ isOn: z.boolean() }), output: DiagnosticReport },
  'diagnostics.deleteLog': { input: nothing, output: DiagnosticReport },
  /** Something in the page's code failed. */
  'diagnostics.pageFailed': { input: PageFailure, output: nothing },

  /** The privacy report in the user's language, with the results of the last self-test and the open vault's audit log. */
  'privacy.report': { input: nothing, output: PrivacyReport },
  /** Opens a listener on the loopback interface, which the page tries to reach in each of its ways. */
  'privacy.beginTest': { input: nothing, output: EgressTarget },
  /** The page has tried a way; the answer says whether anything arrived. */
  'privacy.tried': { input: z.object({ way: z.enum(PAGE_WAYS), end: EgressEnd }), output: EgressResult },
  /** Tries everything outside of the page, and closes the listener. */
  'privacy.finishTest': { input: nothing, output: PrivacyReport },
  /** Lets the user choose where to write the report: as a page, a PDF or plain text, by the name's ending. */
  'privacy.save': { input: nothing, output: z.object({ saved: z.boolean() }) },

  /**
   * Starts a new vault: returns the recovery key's groups, to be written down. Nothing is on disk yet; the phase is
   * `confirmKey`.
   */
  'vault.begin': {
    /** `withKeychain`: the system's keychain can open the vault too, if there is a real one. */
    input: z.object({ passphrase: z.string(), withKeychain: z.boolean() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /**
   * Two groups typed back: the vault is created or, after `vault.recover`, its passphrase and recovery key are
   * replaced. `index` counts from 0. Throws `vault.recoveryKeyMistyped`.
   */
  'vault.confirm': {
    input: z.object({ groups: typedGroups }),
    output: AppState,
  },
  /** The groups again, for a reloaded window; only in the phase `confirmKey`. */
  'vault.recoveryKey': { input: nothing, output: z.object({ groups: z.array(z.string()) }) },
  /** Cancels what waits for its recovery key to be typed back; nothing has changed. */
  'vault.back': { input: nothing, output: AppState },
  /**
   * Only in the phase `confirmKey` and after `vault.beginRenewal`. Throws `vault.keyBesideVault` for a path in or
   * beside the vault.
   */
  'vault.saveRecoveryKey': { input: nothing, output: z.object({ saved: z.boolean() }) },
  'vault.unlock': { input: z.object({ passphrase: z.string() }), output: AppState },
  /** Unlocks with the secret in the system's keychain; only at the app's start, never from behind the curtain. */
  'vault.unlockWithKeychain': { input: nothing, output: AppState },
  'vault.setKeychain': {
    input: z.object({ enabled: z.boolean(), passphrase: z.string() }),
    output: AppState,
  },
  /**
   * Checks the recovery key and returns the groups of a new one; the phase is `confirmKey`. Key and passphrase are
   * replaced once two groups are typed back.
   */
  'vault.recover': {
    input: z.object({ recoveryKey: z.string(), passphrase: z.string() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /** Strength of a new passphrase. The first call is by far the slowest, about a second. */
  'vault.passphraseStrength': { input: z.object({ passphrase: z.string() }), output: PassphraseStrength },
  'vault.changePassphrase': { input: z.object({ current: z.string(), next: z.string() }), output: nothing },
  /** When the vault was last backed up, milliseconds since 1970; null if its log has no backup. */
  'vault.lastBackup': { input: nothing, output: z.object({ atMs: z.number().nullable() }) },
  /**
   * Lets the user choose a folder, and copies the vault into a new one in it, with progress in `keepingProgress`
   * events. `cancelled`: ended before it began; `stopped`: by `vault.stopKeeping`. Throws `vault.backupInside`, and
   * what backup throws.
   */
  'vault.backUp': { input: nothing, output: z.union([MadeBackup, z.enum(['cancelled', 'stopped'])]) },
  /** Reads everything in the vault, with progress in `keepingProgress` events; null if stopped. */
  'vault.verify': { input: nothing, output: VaultCheck.nullable() },
  /** Stops a backup or a check. What was copied is deleted. */
  'vault.stopKeeping': { input: nothing, output: nothing },
  /** Returns the groups of a new recovery key, valid once two are typed back. Throws `vault.wrongPassphrase`. */
  'vault.beginRenewal': {
    input: z.object({ passphrase: z.string() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /** Makes the new recovery key valid and the old one invalid. Throws `vault.recoveryKeyMistyped`. */
  'vault.confirmRenewal': { input: z.object({ groups: typedGroups }), output: nothing },
  'vault.cancelRenewal': { input: nothing, output: nothing },
  /**
   * Lets the user choose a backup, and copies it to the vault's path; does nothing when cancelled. Throws
   * `vault.exists`, `vault.notAVault`, and what restoring throws.
   */
  'vault.restore': { input: nothing, output: AppState },
  /**
   * Lets the user choose a backup, and copies it into a new folder beside the open vault, which goes on as it is; with
   * progress in bytes in `keepingProgress` events. Throws `vault.notAVault`, `disk.full`, and what restoring throws.
   */
  'vault.restoreBeside': { input: nothing, output: z.union([MadeBackup, z.enum(['cancelled', 'stopped'])]) },
  /** Seals the vault, and from now on uses the one that was restored beside it. */
  'vault.useRestored': { input: nothing, output: AppState },
  'vault.lock': { input: z.object({ how: z.enum(['curtain', 'seal']) }), output: AppState },

  /** Asks for a folder and writes a matter into a sealed file there, with progress in `keepingProgress` events. */
  'handOver.write': {
    input: z.object({ matterId: id, passphrase: z.string(), withVoices: z.boolean() }),
    output: z.union([
      z.object({ file: z.string(), recordings: z.number().int() }),
      z.enum(['cancelled', 'stopped']),
    ]),
  },
  /** Lets the user choose a file that was handed over; null if cancelled. */
  'handOver.choose': { input: nothing, output: z.object({ name: z.string().nullable() }) },
  /** Takes in the matter of the chosen file, with progress in `keepingProgress` events. */
  'handOver.receive': {
    input: z.object({ passphrase: z.string() }),
    output: z.union([
      z.object({ matterId: id, name: z.string(), recordings: z.number().int() }),
      z.literal('stopped'),
    ]),
  },
  /** Stops what was begun; nothing of it stays. */
  'handOver.stop': { input: nothing, output: nothing },

  'matters.list': { input: nothing, output: z.array(MatterView) },
  /** Deletes a matter. Its recordings stay without one, or move to the bin. Throws `matter.notFound`. */
  'matters.delete': { input: z.object({ id, recordings: z.enum(['keep', 'bin']) }), output: nothing },
  'matters.save': {
    input: MatterView.omit({ id: true }).extend({ id: id.nullable() }),
    output: MatterView,
  },

  /** The form that was being filled in when the window was destroyed; null if none. */
  'matters.draft': { input: nothing, output: MatterDraft.nullable() },
  /** Stores the form at every change; null once it is saved or discarded. */
  'matters.keepDraft': { input: MatterDraft.nullable(), output: nothing },

  'library.list': { input: nothing, output: z.array(RecordingView) },
  'library.search': {
    input: z.object({ text: z.string().max(500), limit: z.number().int().min(1).max(500) }),
    output: z.array(SearchHitView),
  },
  /**
   * The only request that accepts paths: of files, folders and models. Each one that fails is listed as rejected; the
   * others are imported.
   */
  'library.import': {
    input: ImportChoice.extend({ paths: z.array(z.string()).min(1).max(10_000) }),
    output: ImportOutcome,
  },
  /** Lets the user choose files or a folder in the system's dialog, and imports them; empty if cancelled. */
  'library.importChosen': {
    input: ImportChoice.extend({ what: z.enum(['files', 'folder']) }),
    output: ImportOutcome,
  },
  /** Retries a rejected file with a choice of audio track: its number from 1, or all of them mixed. */
  'library.importAgain': {
    input: ImportChoice.extend({
      ticket: id,
      track: z.union([z.number().int().positive(), z.literal('mix')]).nullable(),
    }),
    output: ImportOutcome,
  },
  /** Rejected files that were not dismissed, also those from before the vault was last locked. */
  'library.rejections': { input: nothing, output: z.array(Rejection) },
  'library.dismissRejections': { input: z.object({ tickets: ids }), output: nothing },
  /** What drops left out though it has no fault, and was not dismissed. */
  'library.leftOut': { input: nothing, output: z.array(LeftOutNote) },
  'library.dismissLeftOut': { input: z.object({ tickets: ids }), output: nothing },
  'library.importSamples': { input: nothing, output: z.object({ added: z.array(id) }) },
  /** Imports the source of a failed recording again; its row shows why it fails again. */
  'library.readAgain': { input: z.object({ id }), output: nothing },
  'library.rename': { input: z.object({ id, name: z.string().min(1).max(255) }), output: nothing },
  'library.move': { input: z.object({ ids, matterId: id.nullable() }), output: nothing },
  /**
   * Joins recordings into one, in the order given, with all their originals; waits for those still being imported. The
   * others move to the bin. Throws `recording.corrected` if a correction would be lost.
   */
  'library.join': {
    input: z.object({ ids: z.array(id).min(2).max(1000), name: z.string().min(1).max(255) }),
    output: z.object({
      id,
      /**
       * Whether their texts, all finished, were joined too; otherwise the whole is transcribed with the first one's
       * options.
       */
      textCarried: z.boolean(),
      /** Whether speakers that had separate channels were mixed into one, because the recordings' layouts differ. */
      mixedDown: z.boolean(),
    }),
  },
  'library.bin': { input: z.object({ ids }), output: nothing },
  'library.restore': { input: z.object({ ids }), output: nothing },
  /** Erases permanently. `count` is what the user typed: it must be the number of recordings. */
  'library.erase': { input: z.object({ ids, count: z.number().int() }), output: nothing },

  /** How long a matter keeps its recordings, and which go when. */
  'retention.view': { input: z.object({ matterId: id }), output: RetentionView },
  /** Sets that. Throws `matter.notFound`. */
  'retention.set': {
    input: z.object({ matterId: id, days: RetentionDays.nullable(), automatic: z.boolean() }),
    output: RetentionView,
  },
  /** Holds a matter, so that nothing of it is erased, or releases it. Throws `matter.notFound`. */
  'retention.hold': { input: z.object({ matterId: id, held: z.boolean() }), output: RetentionView },
  /** What goes now and soon, in all matters. */
  'retention.due': { input: nothing, output: DueView },
  /** The user says that the computer's date is right: what is due is asked about again. */
  'retention.confirmClock': { input: nothing, output: nothing },
  /**
   * Erases recordings whose time is over, with a certificate for each matter. `count` is what the user typed. Throws
   * `usage.notConfirmed`, also where one of them is not due any more, and `retention.clockDoubted`.
   */
  'retention.eraseDue': {
    input: z.object({ ids, count: z.number().int(), withNames: z.boolean() }),
    output: z.array(CertificateView),
  },
  /** Erases like `library.erase`, and writes a certificate. */
  'retention.eraseCertified': {
    input: z.object({ ids, count: z.number().int(), withNames: z.boolean() }),
    output: CertificateView,
  },
  /** The certificates that the vault keeps, newest first. */
  'retention.certificates': { input: nothing, output: z.array(CertificateView) },
  /** Lets the user choose a file and writes a certificate into it, as text or PDF. Throws `certificate.notFound`. */
  'retention.saveCertificate': { input: z.object({ id }), output: z.object({ saved: z.boolean() }) },

  /** Starts a session and shows it. Throws `capture.*`, `disk.full`. */
  'captures.start': { input: CaptureOptions, output: CaptureView },
  /** The running sessions, and those that ended since the vault was opened. */
  'captures.list': { input: nothing, output: z.array(CaptureView) },
  'captures.devices': { input: nothing, output: z.array(InputDevice) },
  'captures.pause': { input: z.object({ id }), output: nothing },
  'captures.resume': { input: z.object({ id }), output: nothing },
  /** Ends once everything is durable. */
  'captures.stop': { input: z.object({ id }), output: CaptureView },
  /** Sets a marker at the current time of the session. */
  'captures.mark': { input: z.object({ id, label: Marker.shape.label }), output: Marker },
  /** Goes on with another microphone. */
  'captures.switchDevice': { input: z.object({ id, deviceId: z.string().nullable() }), output: nothing },
  /** Recordings whose session was ended by a crash or power cut, and about which the user has not decided. */
  'captures.unfinished': { input: nothing, output: z.array(UnfinishedCapture) },
  /** Keeps what there is of an unfinished recording, and transcribes it. */
  'captures.keepUnfinished': { input: z.object({ recordingId: id }), output: nothing },
  'markers.list': { input: z.object({ recordingId: id }), output: z.array(Marker) },
  'markers.save': { input: z.object({ recordingId: id, marker: Marker }), output: nothing },
  'markers.delete': { input: z.object({ recordingId: id, id }), output: nothing },

  'jobs.start': {
    input: z.object({ recordingId: id, choice: TranscriptionChoice }),
    output: nothing,
  },
  /**
   * Retranscribes a range with these options; when done, its words are in a new version of the text, in which
   * everything outside the range is unchanged. Throws `recording.notTranscribed`, `transcript.unfinished`.
   */
  'jobs.retranscribe': {
    input: z.object({ recordingId: id, range: JobRange, choice: TranscriptionChoice }),
    output: z.object({ jobId: id }),
  },
  'jobs.pause': { input: z.object({ jobId: id }), output: nothing },
  'jobs.resume': { input: z.object({ jobId: id }), output: nothing },
  'jobs.cancel': { input: z.object({ jobId: id }), output: nothing },
  'jobs.retry': { input: z.object({ jobId: id }), output: nothing },
  'jobs.first': { input: z.object({ jobId: id }), output: nothing },
  /** Moves a job before another in the queue; to the end if `beforeJobId` is null. */
  'jobs.move': { input: z.object({ jobId: id, beforeJobId: id.nullable() }), output: nothing },

  'transcripts.open': { input: z.object({ recordingId: id }), output: OpenedTranscript },
  /** The words of these segments, in the format of `unpackWords`; segments that do not exist are left out. */
  'transcripts.words': {
    input: z.object({ recordingId: id, segments: z.array(z.string()).min(1).max(1000) }),
    output: z.string(),
  },
  /**
   * Replaces neighbouring segments by texts, one per resulting segment; an empty text yields none. Unchanged words keep
   * their times, and segments with unchanged text are untouched. With as many texts as segments each keeps its id.
   * Naming no segments starts a text that has none. The answer's patches are applied in order; null if so much changed
   * that the text must be reopened. Throws `transcript.changed` if a segment does not exist, or if none is named and
   * there are some.
   */
  'transcripts.edit': {
    input: z.object({
      recordingId: id,
      /** Ids of neighbouring segments, in order. */
      segments: z.array(z.string()),
      texts: z.array(z.string()),
      undoGroup,
      /** View state, stored together with the edit. */
      place: TranscriptView.shape.place.optional(),
    }),
    output: Patches,
  },
  /**
   * All typed text that could not be stored; replaces what an earlier call passed. The main process keeps it in memory,
   * and stores it when the page is gone. No runs: everything is stored.
   */
  'transcripts.keepUnsaved': { input: z.object({ recordingId: id, text: UnsavedText }), output: nothing },
  /** What an earlier page could not store: this page shows it, and retries. */
  'transcripts.takeUnsaved': { input: z.object({ recordingId: id }), output: UnsavedText.shape.runs },
  'transcripts.assignSpeaker': {
    input: z.object({
      recordingId: id,
      segments: segmentIds,
      /** Null if the speaker is unknown. */
      speaker: z.string().max(1000).nullable(),
      undoGroup,
    }),
    output: Patches,
  },
  'transcripts.renameSpeaker': {
    input: z.object({ recordingId: id, from: z.string(), to: z.string().min(1).max(1000) }),
    output: Patches,
  },
  /** Who speaks when, by the current text. */
  'speakers.overview': { input: z.object({ recordingId: id }), output: SpeakersView },
  /**
   * Tells the speakers apart again, for another number of them (null: found automatically), and puts them into the current text as
   * one edit. Nothing is transcribed. Throws `speakers.notHeard` if voices can neither be compared nor heard.
   */
  'speakers.recount': {
    input: z.object({ recordingId: id, count: SpeakerCount.nullable() }),
    output: z.object({ changed: z.boolean(), speakers: z.number().int() }),
  },
  /** Tells a speaker's turns apart as two by their voices, as one edit; `changed` is false if they are too alike. */
  'speakers.split': {
    input: z.object({ recordingId: id, speaker: z.string() }),
    output: z.object({ changed: z.boolean(), speakers: z.array(z.string()) }),
  },
  /** Segments of other speakers whose voice is like that of these, the most similar first: to be offered `speaker`, too. */
  'speakers.similar': {
    input: z.object({ recordingId: id, segments: segmentIds, speaker: z.string() }),
    output: z.array(SimilarSegment),
  },
  /** The voices remembered in a matter, or in all; those that have expired are gone. */
  'voices.list': { input: z.object({ matterId: id.nullable() }), output: z.array(KnownVoiceView) },
  /** Remembers a speaker's voice in the recording's matter. Throws `voice.noMatter` or `voice.tooShort`. */
  'voices.remember': {
    input: z.object({
      recordingId: id,
      speaker: z.string(),
      name: z.string().min(1).max(1000),
      /** Null: kept until deleted. */
      expiresAtMs: z.number().int().nullable(),
    }),
    output: KnownVoiceView,
  },
  'voices.setExpiry': { input: z.object({ id, expiresAtMs: z.number().int().nullable() }), output: nothing },
  /**
   * Ends the question whether a speaker was rightly recognised as this voice; a speaker who was not is named by an edit.
   */
  'voices.settle': { input: z.object({ recordingId: id, voiceId: id }), output: nothing },
  'voices.forget': { input: z.object({ ids }), output: nothing },
  /** The rules by which new transcripts are corrected: of a matter, or of the vault (null). */
  'autoCorrections.list': { input: z.object({ matterId: id.nullable() }), output: z.array(CorrectionRule) },
  /**
   * Adds a rule, or with an id changes that one; one that finds the same words takes the place of another. Throws
   * `matter.notFound`, `corrections.tooMany`.
   */
  'autoCorrections.save': {
    input: z.object({ matterId: id.nullable(), id: id.nullable(), rule: CorrectionRuleText }),
    output: AddedRules,
  },
  'autoCorrections.remove': { input: z.object({ ids }), output: nothing },
  /** Lets the user choose a file of rules and adds them; null if cancelled. Throws `corrections.unreadable` and as `save`. */
  'autoCorrections.importChosen': {
    input: z.object({ matterId: id.nullable() }),
    output: AddedRules.nullable(),
  },
  /** Lets the user choose where to write a list of rules. */
  'autoCorrections.saveAs': {
    input: z.object({ matterId: id.nullable() }),
    output: z.object({ saved: z.boolean() }),
  },
  /** Remembers that the user replaced a word; whether a rule may be offered, since that was done before. */
  'autoCorrections.corrected': {
    input: CorrectedWord.extend({ recordingId: id }),
    output: z.object({ mayOffer: z.boolean() }),
  },
  /** Words that were corrected in other recordings and occur in this text, where a rule may be offered. */
  'autoCorrections.recurring': { input: z.object({ recordingId: id }), output: z.array(CorrectedWord) },
  /** Offers no rule for this word again. */
  'autoCorrections.decline': { input: CorrectedWord, output: nothing },
  /** What rules have changed in the current text, in its order. */
  'autoCorrections.applied': { input: z.object({ recordingId: id }), output: z.array(AppliedCorrection) },
  /** Takes corrections back, or all (null) that still stand, as one edit. */
  'autoCorrections.takeBack': {
    input: z.object({ recordingId: id, corrections: z.array(CorrectionKey).min(1).max(200_000).nullable() }),
    output: z.object({ count: z.number().int(), patches: Patches }),
  },
  /** The folders whose new recordings are taken in while the vault is open. */
  'watchedFolders.list': { input: nothing, output: z.array(WatchedFolderView) },
  /**
   * Lets the user choose a folder to watch. Throws `watch.insideVault`, `watch.already`, `folder.gone`,
   * `folder.unreadable`.
   */
  'watchedFolders.addChosen': { input: nothing, output: z.object({ added: z.boolean() }) },
  'watchedFolders.change': { input: z.object({ id, choice: WatchedFolderChoice }), output: nothing },
  'watchedFolders.remove': { input: z.object({ id }), output: nothing },
  /**
   * Lets the user choose where the open vault shall be moved; null when cancelled. The chosen folder, if it is empty, or a new
   * one in it. Nothing is changed. Throws `vault.moveInside`, `vault.syncedFolder`, `folder.notWritable`, `disk.full`.
   */
  'vaultPlace.plan': { input: nothing, output: PlannedVaultMove.nullable() },
  /**
   * Seals the vault and begins the move that was planned: the phase is `moving`, with progress in bytes in `keepingProgress`
   * events, then `locked`. The state tells how it ended.
   */
  'vaultPlace.move': { input: nothing, output: nothing },
  /** Breaks the move off: the vault stays where it was, unless the copy was whole already. */
  'vaultPlace.stop': { input: nothing, output: AppState },
  /** Looks again whether the vault is where it was chosen to be. */
  'vaultPlace.lookAgain': { input: nothing, output: AppState },
  /**
   * Lets the user choose the folder of a vault, seals the open one and uses the chosen from now on. Throws `vault.notAVault`,
   * `vault.syncedFolder`.
   */
  'vaultPlace.useOther': { input: nothing, output: AppState },
  /** In the phase `missing`: uses the usual folder again. The missing vault is not touched. */
  'vaultPlace.goWithout': { input: nothing, output: AppState },
  /** The languages that the user has called usual in the vault. */
  'languages.usual': { input: nothing, output: UsualLanguages },
  'languages.setUsual': { input: z.object({ codes: UsualLanguages }), output: nothing },
  /** The places where the app keeps something; watched folders only while the vault is open. */
  'places.list': { input: nothing, output: z.array(PlaceView) },
  /** Reads through a place of `places.list`: takes long where there are many files. Throws `folder.gone`. */
  'places.measure': { input: z.object({ key: PlaceView.shape.key }), output: PlaceMeasure },
  /** Shows a place, or the nearest folder above it that is there, in the file manager. Throws `folder.gone`. */
  'places.reveal': { input: z.object({ key: PlaceView.shape.key }), output: nothing },
  'transcripts.replaceAll': {
    input: z.object({
      recordingId: id,
      find: z.string().min(1).max(500),
      replacement: z.string().max(500),
      matchCase: z.boolean(),
      wholeWords: z.boolean(),
      /** Only in these segments; null for all. */
      segments: z.array(z.string()).nullable(),
    }),
    output: z.object({ count: z.number().int(), patches: Patches }),
  },
  /** Restores the machine's text of these segments, and of those made of the same machine segments. */
  'transcripts.reset': {
    input: z.object({ recordingId: id, segments: segmentIds }),
    output: Patches,
  },
  /** Undoes the last undo group; no patches if there is nothing to undo. */
  'transcripts.undo': { input: z.object({ recordingId: id }), output: Patches },
  'transcripts.redo': { input: z.object({ recordingId: id }), output: Patches },
  /** The versions of a transcript that have their own text, newest first. */
  'transcripts.versions': { input: z.object({ recordingId: id }), output: z.array(VersionView) },
  /** A version to show beside the current text. Throws `version.notFound`. */
  'transcripts.openVersion': {
    input: z.object({ recordingId: id, versionId: id }),
    output: VersionReading,
  },
  /**
   * Replaces the current text by that of a version, as one edit that can be undone; `changed` is whether they differed.
   * Throws `version.notFound`.
   */
  'transcripts.useVersion': {
    input: z.object({ recordingId: id, versionId: id }),
    output: z.object({ changed: z.boolean() }),
  },
  /**
   * Aligns an existing text to a recording: see `TextOutcome`. Throws `recording.notFound`, `text.unreadable`, `text.empty`,
   * `text.tooLarge`.
   */
  'texts.add': {
    input: z.object({ recordingId: id, name: z.string().min(1).max(1000), bytes: z.instanceof(Uint8Array) }),
    output: TextOutcome,
  },
  /** A sentence as the bundled voice says it. Throws `voice.failed`. */
  'readAloud.speak': {
    input: z.object({ text: z.string().max(LONGEST_SPOKEN), speed: ReadingSpeed }),
    output: SpokenSentence,
  },
  /**
   * Lets the user choose a file, and writes the current text into it as the bundled voice reads it; the path is null if cancelled.
   * Throws `voice.noVoice`, `voice.failed`.
   */
  'readAloud.save': {
    input: z.object({ recordingId: id, format: SpokenFormat, speed: ReadingSpeed }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Lets the user choose a text file, and adds it; null if cancelled. */
  'texts.choose': {
    input: z.object({ recordingId: id }),
    output: z.object({ name: z.string(), outcome: TextOutcome }).nullable(),
  },
  /** Adds the text that waits although it does not fit, or forgets it; null if none waits any more. */
  'texts.answer': {
    input: z.object({ recordingId: id, isWanted: z.boolean() }),
    output: TextOutcome.nullable(),
  },
  /** The edits that stayed as the final transcript of a capture took the place of its live text, in order. */
  'transcripts.keptEdits': { input: z.object({ recordingId: id }), output: z.array(KeptEditView) },
  /** Takes over what the machine heard in the place of a kept edit, as one edit. */
  'transcripts.takeHeard': {
    input: z.object({ recordingId: id, machineIds: segmentIds }),
    output: Patches,
  },
  /** The window closed the text: its edits are bound to the audit log. */
  'transcripts.close': { input: z.object({ recordingId: id }), output: nothing },
  'transcripts.saveViewState': {
    input: z.object({ recordingId: id, place: TranscriptView.shape.place }),
    output: nothing,
  },
  /**
   * Waveform peaks per channel: pairs of lowest and highest sample per bucket, as signed bytes. The buckets returned
   * are as long as those requested, or somewhat shorter; 20 ms at least.
   */
  'transcripts.peaks': {
    input: z.object({ recordingId: id, bucketMs: z.number().positive() }),
    output: z.object({ bucketMs: z.number(), channels: z.array(z.instanceof(Uint8Array)) }),
  },

  /** Whether the text was checked, what has changed since, and what was listened to. */
  'signOff.view': { input: z.object({ recordingId: id }), output: CheckingView },
  /** Ranges of the recording were played; returns all that were, merged. */
  'signOff.heard': {
    input: z.object({ recordingId: id, spans: z.array(PlayedSpan).max(100_000) }),
    output: CheckingView.shape.played,
  },
  /** Marks the current text as checked by a person. Throws `transcript.unfinished`. */
  'signOff.check': { input: z.object({ recordingId: id, by: CheckerName }), output: SignOffView },
  /** Takes that back; `changed` is whether there was a mark. */
  'signOff.takeBack': { input: z.object({ recordingId: id }), output: z.object({ changed: z.boolean() }) },
  /** The vault's snippets; null if they were never changed: then those of the messages count. */
  'editorTools.snippets': { input: nothing, output: Snippets.nullable() },
  'editorTools.keepSnippets': { input: z.object({ snippets: Snippets }), output: nothing },
  /** How a recording is played. */
  'editorTools.sound': { input: z.object({ recordingId: id }), output: RecordingSound },
  'editorTools.keepSound': { input: z.object({ recordingId: id, sound: RecordingSound }), output: nothing },
  /** The words that count as known in a recording; in all, without a matter's, if null. */
  'editorTools.knownWords': { input: z.object({ recordingId: id.nullable() }), output: KnownWords },
  /** Adds a word to the vault's. Throws `spelling.fullOfWords`. */
  'editorTools.addWord': { input: z.object({ word: SpelledWord }), output: nothing },
  'editorTools.removeWord': { input: z.object({ word: SpelledWord }), output: nothing },
  /** Which of these words the dictionary does not know. Throws `spelling.failed`. */
  'editorTools.misspelled': {
    input: z.object({ language: z.enum(SPELLING_LANGUAGES), words: z.array(SpelledWord).max(2000) }),
    output: z.array(SpelledWord),
  },
  /** What a word may have been meant to be, best first. Throws `spelling.failed`. */
  'editorTools.suggestions': {
    input: z.object({ language: z.enum(SPELLING_LANGUAGES), word: SpelledWord }),
    output: z.array(z.string()),
  },

  /** The key of pseudonyms of the recording's matter, or of the recording without one, and what is not decided. */
  'pseudonyms.view': { input: z.object({ recordingId: id }), output: PseudonymsView },
  /** Adds lines to the key, or changes them. */
  'pseudonyms.save': {
    input: z.object({ recordingId: id, lines: z.array(SavedPseudonym).min(1).max(500) }),
    output: PseudonymsView,
  },
  'pseudonyms.remove': {
    input: z.object({ recordingId: id, id: Pseudonym.shape.id }),
    output: PseudonymsView,
  },
  /** Decides that texts stay as they are, or opens that again. */
  'pseudonyms.decidePlain': {
    input: z.object({
      recordingId: id,
      texts: z.array(z.string().min(1).max(200)).min(1).max(500),
      isPlain: z.boolean(),
    }),
    output: PseudonymsView,
  },
  /** Lets the user choose a folder, and writes the key into it; null if cancelled. */
  'pseudonyms.exportKey': {
    input: z.object({ recordingId: id }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Lets the user choose a folder, and writes the sound with bleeps into it; null if cancelled. */
  'pseudonyms.exportSound': {
    input: z.object({ recordingId: id, sound: BleepSound, format: SoundFormat }),
    output: WrittenSound.nullable(),
  },

  /** The last choice in the matter of the first recording, and the service that syncs its folder, if any. */
  'exports.choice': {
    input: z.object({ recordingIds: ids }),
    output: ExportChoice.extend({ synced: z.string().nullable() }),
  },
  'exports.chooseFolder': {
    input: nothing,
    output: z.object({ folder: z.string().nullable(), synced: z.string().nullable() }),
  },
  'exports.preview': {
    /** Of the current text, or of a version; throws `version.notFound`. */
    input: z.object({
      recordingId: id,
      format: ExportFormat,
      content: ExportContent,
      formatOptions: FormatChoice,
      style: ExportStyle.default(USUAL_STYLE),
      versionId: id.optional(),
      /** Of the pseudonymised copy. */
      pseudonymised: z.boolean().optional(),
    }),
    output: ExportPreview,
  },
  /**
   * Copies what is said between two places, with the page and the line that the last export on a court's pages gives it. Throws
   * `citation.noTemplate`, `citation.nothing`.
   */
  'citations.copy': {
    input: z.object({ recordingId: id, from: CitedPlace, to: CitedPlace }),
    /** `45:12`, `45:12–18`, `45:12–46:3`. */
    output: z.object({ place: z.string() }),
  },
  /** Where a numbered line of those pages begins. Throws `citation.noTemplate`, `citation.noLine`. */
  'citations.find': {
    input: z.object({
      recordingId: id,
      page: z.number().int().positive(),
      line: z.number().int().positive(),
    }),
    output: CitedPlace,
  },
  /** The Word templates of the vault, by name. */
  'templates.list': { input: nothing, output: z.array(WordTemplateView) },
  /**
   * Lets the user choose a Word file and keeps it as a template; null if cancelled. Throws `template.notWord`, `template.macros`,
   * `template.loadsFromElsewhere`, `template.tooLarge`.
   */
  'templates.add': { input: nothing, output: WordTemplateView.nullable() },
  /** Deletes a template. Throws `template.notFound`. */
  'templates.remove': { input: z.object({ id }), output: nothing },
  /** Writes each recording in each format; no existing file is replaced. */
  'exports.write': {
    /**
     * The folder must be one that `exports.choice` or `exports.chooseFolder` returned. Without a version the current
     * texts are written; with one, that of the first recording alone. `among`: all recordings exported together, one
     * request each, so that equal names get distinct file names.
     */
    input: z.object({
      recordingIds: ids,
      choice: ExportChoice,
      versionId: id.optional(),
      among: ids.optional(),
      /** Pseudonymised copies are written instead. */
      pseudonymised: z.boolean().optional(),
    }),
    output: z.object({
      written: z.array(z.object({ recordingId: id, path: z.string() })),
      failed: z.array(z.object({ name: z.string(), failure: Failure })),
    }),
  },

  'models.list': { input: nothing, output: z.array(ModelView) },
  /** Lets the user choose a model file in the system's dialog, and copies it; null if cancelled. */
  'models.importChosen': { input: nothing, output: ModelView.nullable() },
  'models.makeDefault': { input: z.object({ name: z.string() }), output: z.array(ModelView) },
  'models.remove': { input: z.object({ name: z.string() }), output: z.array(ModelView) },
  /** Measures a model's speed: at once or, if something is transcribed or recorded, as soon as nothing is. */
  'models.measure': { input: z.object({ name: z.string() }), output: z.array(ModelView) },
  /** The larger model that suits this machine best, and how it would be got. */
  'models.advice': { input: nothing, output: ModelAdvice },
  /** The request for an IT department as it stands, and copied to the clipboard. */
  'models.request': { input: z.object({ copy: z.boolean() }), output: z.object({ text: z.string() }) },

  /**
   * Tries two minutes of a recording with models side by side, with the recording's own options; `modelTrial` events show how far
   * it is. Running jobs wait meanwhile. Ends when all is there, or after `models.stopTrial`. Throws `model.trialWhileRecording`,
   * `model.trialUnderWay`, `recording.notFound`, `model.trialSilent`.
   */
  'models.try': {
    input: z.object({
      recordingId: id,
      models: z.array(z.string()).min(1).max(MOST_TRIED_MODELS),
      choice: TranscriptionChoice,
    }),
    output: ModelTrial,
  },
  'models.stopTrial': { input: nothing, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/** The name of a request. */
export type RequestName = keyof typeof requests;
/** A request's input. */
export type RequestInput<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
/** A request's output. */
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;

/** Events from the main process to the window. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('core'), event: ForwardedEvent }),
  /** The app's phase or settings have changed. */
  z.object({ type: z.literal('stateChanged'), state: AppState }),
  /** Rows of the library changed; `removed` are ids of deleted ones. */
  z.object({ type: z.literal('libraryChanged'), changed: z.array(RecordingView), removed: z.array(id) }),
  /**
   * Segments came into the recording's current text: a window of a running job is finished or, with a null `jobId`, they
   * are of the live text of a running capture.
   */
  z.object({
    type: z.literal('segmentsArrived'),
    jobId: id.nullable(),
    recordingId: id,
    segments: z.array(EditableSegment),
    /** All ranges without text known so far. */
    skipped: z.array(SkippedRange),
    /** All ranges probably in another language than their text. */
    otherLanguages: z.array(LanguageRange),
  }),
  /** Text typed into a range while it was being replaced by its retranscription is kept in an earlier version. */
  z.object({ type: z.literal('keptBefore'), recordingId: id, versionNumber: z.number().int() }),
  /** The key that records from any program was pressed while nothing was recorded: the window starts it like its own. */
  z.object({ type: z.literal('recordingWished') }),
  /** A key was pressed that acts on the open text from any program. */
  z.object({ type: z.literal('transportKey'), action: z.enum(TRANSPORT_IDS) }),
  /** A session began, changed or ended. */
  z.object({ type: z.literal('captureChanged'), capture: CaptureView }),
  z.object({ type: z.literal('captureLevel'), level: CaptureLevel }),
  z.object({ type: z.literal('liveText'), text: LiveText }),
  z.object({ type: z.literal('markersChanged'), recordingId: id, markers: z.array(Marker) }),
  /** Who speaks in a recording was told anew; `percent` while its voices are still being heard, else null. */
  z.object({ type: z.literal('speakersChanged'), recordingId: id, percent: z.number().nullable() }),
  z.object({ type: z.literal('voicesChanged') }),
  /** Watched folders, or how they stand, changed. */
  z.object({ type: z.literal('watchedFoldersChanged'), folders: z.array(WatchedFolderView) }),
  /** The rules for corrections changed. */
  z.object({ type: z.literal('rulesChanged') }),
  /** Rules have corrected the current text of a recording. */
  z.object({ type: z.literal('textCorrected'), recordingId: id }),
  /** How long a matter keeps its recordings, or what goes by that, changed. */
  z.object({ type: z.literal('retentionChanged') }),
  z.object({ type: z.literal('mattersChanged'), matters: z.array(MatterView) }),
  z.object({ type: z.literal('modelsChanged'), models: z.array(ModelView) }),
  /** A model file is being copied; `modelsChanged` follows at the end. */
  z.object({
    type: z.literal('modelCopying'),
    name: z.string(),
    copiedBytes: z.number(),
    totalBytes: z.number(),
  }),
  z.object({ type: z.literal('modelTrial'), trial: ModelTrial }),
  /** Progress of a backup or a check of the vault, or of moving or restoring one. */
  z.object({ type: z.literal('keepingProgress'), progress: KeepingProgress }),
  /** A file was rejected or dismissed: the complete list. */
  z.object({ type: z.literal('rejectionsChanged'), rejected: z.array(Rejection) }),
  /** Something was left out or dismissed: the complete list. */
  z.object({ type: z.literal('leftOutChanged'), notes: z.array(LeftOutNote) }),
  /** An unexpected error in the main process; the app goes on. */
  z.object({ type: z.literal('programFailed') }),
  /** Files passed by another start of the app were imported. */
  z.object({ type: z.literal('filesHandedOver'), outcome: ImportOutcome }),
  /** The file of a matter was dropped or opened: its passphrase is to be asked for. `others`: further ones, which were left. */
  z.object({ type: z.literal('handOverOffered'), name: z.string(), others: z.number().int().nonnegative() }),
]);
export type AppEvent = z.infer<typeof AppEvent>;

/** An event with its number: a store that fetched a snapshot at number n drops events up to n. */
export const NumberedEvent = z.object({ sequence: z.number().int(), event: AppEvent });
export type NumberedEvent = z.infer<typeof NumberedEvent>;

/** One function per request: accepts the parsed input, returns the output, throws AppErrors. */
export type Handlers = {
  readonly [N in RequestName]: (input: RequestInput<N>) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

/** A request's answer across the bridge: errors are data, since only data crosses. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly sequence: number }
  | { readonly ok: false; readonly error: Failure };
