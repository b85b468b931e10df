import { PageFailure } from './diagnostics.ts';
import { ExportContent, ExportFormat } from './document.ts';
import { Failure } from './errors.ts';
import { ForwardedEvent } from './events.ts';
import { ExportPreview } from './export-preview.ts';
import { FormatChoice } from './format-options.ts';
import { JobRange } from './job.ts';
import { LeftOutNote } from './left-out.ts';
import { Location } from './location.ts';
import { PassphraseStrength } from './passphrase.ts';
import { z } from './schema.ts';
import { LanguageRange, SkippedRange } from './transcript.ts';
import { KeepingProgress, MadeBackup, VaultCheck } from './vault-check.ts';
import {
  AppState,
  EditableSegment,
  ExportChoice,
  InterfaceSettings,
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

const id = z.uuid();
const ids = z.array(id).min(1).max(10_000);
const nothing = z.void();
/** What was done in one go: edits in a row with the same gesture are undone together. */
const gesture = id.optional();

/** What an edit has changed; null where that is so much that the text is to be opened anew. */
const Patches = z.array(TranscriptPatch).nullable();
/** Ids of segments. A text of ten hours has 12,000 of them, and all may be selected at once. */
const segmentIds = z.array(z.string()).min(1).max(200_000);

const ImportChoice = z.object({
  matterId: id.nullable(),
  choice: TranscriptionChoice,
});

/** A file that could not be taken; `ticket` names it for `library.importAgain`. */
const Rejection = z.object({ ticket: id, name: z.string(), failure: Failure });

/**
 * What came of bringing files in: each was added, was a speech model, was rejected with its reason, or was left out though
 * nothing is wrong with it.
 */
export const ImportOutcome = z.object({
  added: z.array(id),
  models: z.array(ModelView),
  rejected: z.array(Rejection),
  leftOut: z.array(LeftOutNote),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** Two groups of a recovery key, as they were typed back. */
const typedGroups = z.array(z.object({ index: z.number().int(), text: z.string() })).length(2);

/** The text of a report about a problem, and whether the log in it is kept. */
const DiagnosticReport = z.object({ text: z.string(), isLogKept: z.boolean() });
export type DiagnosticReport = z.infer<typeof DiagnosticReport>;

/**
 * Every request that the window can make of the main process, declared once: the main process's handlers, the preload
 * bridge and the renderer's client are derived from it. `domain.verb`; input and output are parsed where they arrive.
 */
export const requests = {
  'app.state': { input: nothing, output: AppState },
  'app.change': { input: InterfaceSettings.partial(), output: AppState },
  /** The window may not listen to devices of this model any more; the user chooses them anew, in the system's dialog. */
  'app.forgetPedal': { input: PedalView.omit({ name: true }), output: AppState },
  /** A page has begun; tells once, and to the first that asks, that the page before it has failed. */
  'app.begun': { input: nothing, output: z.object({ afterFailure: z.boolean() }) },
  /** Where the user is now: `app.state` tells it to a page that takes this one's place. */
  'app.here': { input: Location, output: nothing },
  /** Whether sound is playing or being recorded in the window: that counts as activity. */
  'app.playing': { input: z.object({ playing: z.boolean() }), output: nothing },
  'app.reveal': {
    input: z.object({ what: z.enum(['source', 'export', 'vault']), id: id.nullable() }),
    output: nothing,
  },

  /** The report about a problem, as it stands now, whether the vault is open or not; and whether a log is kept. */
  'diagnostics.report': { input: nothing, output: DiagnosticReport },
  /** Lets the user choose where to write the report that was last asked for. */
  'diagnostics.save': { input: nothing, output: z.object({ saved: z.boolean() }) },
  /** Puts the report that was last asked for on the clipboard. */
  'diagnostics.copy': { input: nothing, output: nothing },
  /** Begins to keep a log, or stops, which deletes it: of the command line too. */
  'diagnostics.keepLog': { input: z.object({ isOn: z.boolean() }), output: DiagnosticReport },
  'diagnostics.deleteLog': { input: nothing, output: DiagnosticReport },
  /** Something in the page's code failed. */
  'diagnostics.pageFailed': { input: PageFailure, output: nothing },

  /**
   * Begins a vault: gives the recovery key's groups, to be written down. Nothing is on the disk yet; the phase is
   * `confirmKey`.
   */
  'vault.begin': {
    /** `withKeychain`: the system's keychain shall open the vault too, where there is a real one. */
    input: z.object({ passphrase: z.string(), withKeychain: z.boolean() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /**
   * Two groups typed back: the vault is made or, after `vault.recover`, its passphrase and recovery key are replaced.
   * `index` counts from 0. Throws `vault.recoveryKeyMistyped`.
   */
  'vault.confirm': {
    input: z.object({ groups: typedGroups }),
    output: AppState,
  },
  /** The groups again, for a window that was loaded anew; only in the phase `confirmKey`. */
  'vault.recoveryKey': { input: nothing, output: z.object({ groups: z.array(z.string()) }) },
  /** Gives up what waits for its recovery key to be typed back; nothing has changed. */
  'vault.back': { input: nothing, output: AppState },
  /** Only in the phase `confirmKey` and after `vault.beginRenewal`. Refuses a place in or beside the vault: `vault.keyBesideVault`. */
  'vault.saveRecoveryKey': { input: nothing, output: z.object({ saved: z.boolean() }) },
  'vault.unlock': { input: z.object({ passphrase: z.string() }), output: AppState },
  /** Opens with the secret in the system's keychain; only at the app's start, never from behind the curtain. */
  'vault.unlockWithKeychain': { input: nothing, output: AppState },
  'vault.setKeychain': {
    input: z.object({ enabled: z.boolean(), passphrase: z.string() }),
    output: AppState,
  },
  /**
   * Checks the recovery key and gives the groups of a new one; the phase is `confirmKey`. Key and passphrase are replaced
   * once two groups are typed back.
   */
  'vault.recover': {
    input: z.object({ recoveryKey: z.string(), passphrase: z.string() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /** How strong a new passphrase would be: by far the most that it takes is the first time, about a second. */
  'vault.passphraseStrength': { input: z.object({ passphrase: z.string() }), output: PassphraseStrength },
  'vault.changePassphrase': { input: z.object({ current: z.string(), next: z.string() }), output: nothing },
  /** When the vault was last backed up, milliseconds since 1970; null where its log knows of no backup. */
  'vault.lastBackup': { input: nothing, output: z.object({ atMs: z.number().nullable() }) },
  /**
   * Lets the user choose a place, and copies the vault into a new folder there, telling how far it is by
   * `keepingProgress`. `cancelled` is what was ended before, `stopped` what was by `vault.stopKeeping`. Throws `vault.backupInside`, and what backing up throws.
   */
  'vault.backUp': { input: nothing, output: z.union([MadeBackup, z.enum(['cancelled', 'stopped'])]) },
  /** Reads everything in the vault, telling how far it is by `keepingProgress`; null where stopped. */
  'vault.verify': { input: nothing, output: VaultCheck.nullable() },
  /** Stops a backup or a check. What was copied is deleted. */
  'vault.stopKeeping': { input: nothing, output: nothing },
  /** Gives the groups of a new recovery key, which holds once two of them are typed back. Throws `vault.wrongPassphrase`. */
  'vault.beginRenewal': {
    input: z.object({ passphrase: z.string() }),
    output: z.object({ groups: z.array(z.string()) }),
  },
  /** The new recovery key holds, and the old one opens nothing any more. Throws `vault.recoveryKeyMistyped`. */
  'vault.confirmRenewal': { input: z.object({ groups: typedGroups }), output: nothing },
  'vault.cancelRenewal': { input: nothing, output: nothing },
  /**
   * Lets the user choose a backup, and copies it to where the vault is to lie; cancelled, nothing happens. Throws
   * `vault.exists`, `vault.notAVault`, and what restoring throws.
   */
  'vault.restore': { input: nothing, output: AppState },
  'vault.lock': { input: z.object({ how: z.enum(['curtain', 'seal']) }), output: AppState },

  'matters.list': { input: nothing, output: z.array(MatterView) },
  /** Deletes a matter. Its recordings stay without one, or go to the bin. Throws `matter.notFound`. */
  'matters.delete': { input: z.object({ id, recordings: z.enum(['keep', 'bin']) }), output: nothing },
  'matters.save': {
    input: MatterView.omit({ id: true }).extend({ id: id.nullable() }),
    output: MatterView,
  },

  /** The form that was being filled in when the window went; null where none was. */
  'matters.draft': { input: nothing, output: MatterDraft.nullable() },
  /** Keeps a form with every change; null once it is saved or put away. */
  'matters.keepDraft': { input: MatterDraft.nullable(), output: nothing },

  'library.list': { input: nothing, output: z.array(RecordingView) },
  'library.search': {
    input: z.object({ text: z.string().max(500), limit: z.number().int().min(1).max(500) }),
    output: z.array(SearchHitView),
  },
  /**
   * The only request that takes paths: of files, folders and models. What cannot be taken is told one by one; the others
   * go on.
   */
  'library.import': {
    input: ImportChoice.extend({ paths: z.array(z.string()).min(1).max(10_000) }),
    output: ImportOutcome,
  },
  /** Lets the user choose files or a folder in the system's dialog, and brings them in; empty where cancelled. */
  'library.importChosen': {
    input: ImportChoice.extend({ what: z.enum(['files', 'folder']) }),
    output: ImportOutcome,
  },
  /** Tries a rejected file again, now with the audio track to take: its number from 1, or all of them mixed. */
  'library.importAgain': {
    input: ImportChoice.extend({
      ticket: id,
      track: z.union([z.number().int().positive(), z.literal('mix')]).nullable(),
    }),
    output: ImportOutcome,
  },
  /** The files that could not be taken, also before the vault was last locked, and that were not put away. */
  'library.rejections': { input: nothing, output: z.array(Rejection) },
  'library.dismissRejections': { input: z.object({ tickets: ids }), output: nothing },
  /** What was left out of drops though nothing is wrong with it, and was not put away. */
  'library.leftOut': { input: nothing, output: z.array(LeftOutNote) },
  'library.dismissLeftOut': { input: z.object({ tickets: ids }), output: nothing },
  'library.importSamples': { input: nothing, output: z.object({ added: z.array(id) }) },
  /** Reads the source again of a recording whose import failed; why it fails again is told by its row. */
  'library.readAgain': { input: z.object({ id }), output: nothing },
  'library.rename': { input: z.object({ id, name: z.string().min(1).max(255) }), output: nothing },
  'library.move': { input: z.object({ ids, matterId: id.nullable() }), output: nothing },
  /**
   * Makes one recording of several, in the order given, with all their originals; those still being read are waited for.
   * The others go to the bin. Throws `recording.corrected` where a correction would stay behind.
   */
  'library.join': {
    input: z.object({ ids: z.array(id).min(2).max(1000), name: z.string().min(1).max(255) }),
    output: z.object({
      id,
      /** Whether their texts, all finished, were joined too; otherwise the whole is transcribed as the first was to be. */
      textCarried: z.boolean(),
      /** Whether speakers with channels of their own share one now, because the recordings differed in that. */
      mixedDown: z.boolean(),
    }),
  },
  'library.bin': { input: z.object({ ids }), output: nothing },
  'library.restore': { input: z.object({ ids }), output: nothing },
  /** Erases for good. `count` is what the user typed: it must be the number of recordings. */
  'library.erase': { input: z.object({ ids, count: z.number().int() }), output: nothing },

  'jobs.start': {
    input: z.object({ recordingId: id, choice: TranscriptionChoice }),
    output: nothing,
  },
  /**
   * Transcribes a range again, with these options; when that is done its words stand in a new version of the text, and
   * everything outside is as it was. Throws `recording.notTranscribed`, `transcript.unfinished`.
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
  /** Puts a job before another in the queue; behind all where `beforeJobId` is null. */
  'jobs.move': { input: z.object({ jobId: id, beforeJobId: id.nullable() }), output: nothing },

  'transcripts.open': { input: z.object({ recordingId: id }), output: OpenedTranscript },
  /** The words of these segments, as `unpackWords` takes them; segments that are not there any more are left out. */
  'transcripts.words': {
    input: z.object({ recordingId: id, segments: z.array(z.string()).min(1).max(1000) }),
    output: z.string(),
  },
  /**
   * Replaces neighbouring segments by texts, one for each segment that shall stand there; empty texts leave none. Words
   * that stay keep their times, and segments whose text stays are untouched. With as many texts as segments each keeps
   * its id. A text that has no segments at all is begun by naming none. The answer's patches are to be applied in order;
   * null where so much has changed that the text is to be opened anew. Throws `transcript.changed` where a segment is not
   * there, or where none is named and there are some.
   */
  'transcripts.edit': {
    input: z.object({
      recordingId: id,
      /** Ids of neighbouring segments, in order. */
      segments: z.array(z.string()),
      texts: z.array(z.string()),
      gesture,
      /** Where the user is now: stored together with the edit. */
      place: TranscriptView.shape.place.optional(),
    }),
    output: Patches,
  },
  /**
   * All that was typed and could not be stored, in the place of what was told before; the main process keeps it in memory,
   * and stores it when the page is gone. Without runs everything is stored.
   */
  'transcripts.keepUnsaved': { input: z.object({ recordingId: id, text: UnsavedText }), output: nothing },
  /** What an earlier page could not store: this one is to show it, and to try. */
  'transcripts.takeUnsaved': { input: z.object({ recordingId: id }), output: UnsavedText.shape.runs },
  'transcripts.assignSpeaker': {
    input: z.object({
      recordingId: id,
      segments: segmentIds,
      /** Null where it is not known who speaks. */
      speaker: z.string().max(1000).nullable(),
      gesture,
    }),
    output: Patches,
  },
  'transcripts.renameSpeaker': {
    input: z.object({ recordingId: id, from: z.string(), to: z.string().min(1).max(1000) }),
    output: Patches,
  },
  'transcripts.replaceAll': {
    input: z.object({
      recordingId: id,
      find: z.string().min(1).max(500),
      replacement: z.string().max(500),
      matchCase: z.boolean(),
      wholeWords: z.boolean(),
      /** Only in these segments; all where null. */
      segments: z.array(z.string()).nullable(),
    }),
    output: z.object({ count: z.number().int(), patches: Patches }),
  },
  /** Gives the machine's text back for these segments, and for those that were made of the same. */
  'transcripts.reset': {
    input: z.object({ recordingId: id, segments: segmentIds }),
    output: Patches,
  },
  /** Undoes the last edit as a whole, with those of its gesture; nothing to undo gives no patches. */
  'transcripts.undo': { input: z.object({ recordingId: id }), output: Patches },
  'transcripts.redo': { input: z.object({ recordingId: id }), output: Patches },
  /** The versions of a transcript that have a text of their own, the newest first. */
  'transcripts.versions': { input: z.object({ recordingId: id }), output: z.array(VersionView) },
  /** A version to be read beside the current text. Throws `version.notFound`. */
  'transcripts.openVersion': {
    input: z.object({ recordingId: id, versionId: id }),
    output: VersionReading,
  },
  /**
   * Puts the text of a version in the place of the current one, as one edit that can be undone; `changed` tells whether
   * they differed. Throws `version.notFound`.
   */
  'transcripts.useVersion': {
    input: z.object({ recordingId: id, versionId: id }),
    output: z.object({ changed: z.boolean() }),
  },
  /** Nobody edits the text any more: what was edited is bound to the audit log. */
  'transcripts.close': { input: z.object({ recordingId: id }), output: nothing },
  'transcripts.saveViewState': {
    input: z.object({ recordingId: id, place: TranscriptView.shape.place }),
    output: nothing,
  },
  /**
   * Waveform peaks of a channel: pairs of lowest and highest sample per bucket, as signed bytes. The answer's buckets are
   * as long as the asked ones, or somewhat shorter; 20 ms are the shortest there are.
   */
  'transcripts.peaks': {
    input: z.object({ recordingId: id, bucketMs: z.number().positive() }),
    output: z.object({ bucketMs: z.number(), channels: z.array(z.instanceof(Uint8Array)) }),
  },

  /** What was chosen last in the matter of the first recording, and which service copies that folder elsewhere. */
  'exports.choice': {
    input: z.object({ recordingIds: ids }),
    output: ExportChoice.extend({ synced: z.string().nullable() }),
  },
  'exports.chooseFolder': {
    input: nothing,
    output: z.object({ folder: z.string().nullable(), synced: z.string().nullable() }),
  },
  'exports.preview': {
    /** Of the current text, or of a version of it: throws `version.notFound`. */
    input: z.object({
      recordingId: id,
      format: ExportFormat,
      content: ExportContent,
      formatOptions: FormatChoice,
      versionId: id.optional(),
    }),
    output: ExportPreview,
  },
  /** Writes each recording in each format; no existing file is replaced. */
  'exports.write': {
    /**
     * The folder must be one that `exports.choice` or `exports.chooseFolder` has given. Without a version the current texts
     * are written; with one, that of the first recording alone. `among` are all recordings that are exported together, one
     * request after the other: the names of those of one name tell them apart.
     */
    input: z.object({
      recordingIds: ids,
      choice: ExportChoice,
      versionId: id.optional(),
      among: ids.optional(),
    }),
    output: z.object({
      written: z.array(z.object({ recordingId: id, path: z.string() })),
      failed: z.array(z.object({ name: z.string(), failure: Failure })),
    }),
  },

  'models.list': { input: nothing, output: z.array(ModelView) },
  /** Lets the user choose a model file in the system's dialog, and copies it; null where cancelled. */
  'models.importChosen': { input: nothing, output: ModelView.nullable() },
  'models.makeDefault': { input: z.object({ name: z.string() }), output: z.array(ModelView) },
  'models.remove': { input: z.object({ name: z.string() }), output: z.array(ModelView) },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

/** The name of a request. */
export type RequestName = keyof typeof requests;
/** What a request is given. */
export type RequestInput<N extends RequestName> = z.infer<(typeof requests)[N]['input']>;
/** What a request answers. */
export type RequestOutput<N extends RequestName> = z.infer<(typeof requests)[N]['output']>;

/** What the main process tells the window unasked. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('core'), event: ForwardedEvent }),
  /** The app's phase or settings have changed. */
  z.object({ type: z.literal('stateChanged'), state: AppState }),
  /** Rows of the library have changed; `removed` are gone. */
  z.object({ type: z.literal('libraryChanged'), changed: z.array(RecordingView), removed: z.array(id) }),
  /** A window of a running job is finished: its segments are in the text that the recording shows. */
  z.object({
    type: z.literal('segmentsArrived'),
    jobId: id,
    recordingId: id,
    segments: z.array(EditableSegment),
    /** All ranges without a text that are known by now. */
    skipped: z.array(SkippedRange),
    /** All that probably are in another language than their text. */
    otherLanguages: z.array(LanguageRange),
  }),
  /** What was typed into a range just when it was retranscribed is kept in an earlier version. */
  z.object({ type: z.literal('keptBefore'), recordingId: id, versionNumber: z.number().int() }),
  z.object({ type: z.literal('mattersChanged'), matters: z.array(MatterView) }),
  z.object({ type: z.literal('modelsChanged'), models: z.array(ModelView) }),
  /** A model file is being copied; at its end comes `modelsChanged`. */
  z.object({
    type: z.literal('modelCopying'),
    name: z.string(),
    copiedBytes: z.number(),
    totalBytes: z.number(),
  }),
  /** How far a backup or a check of the vault is. */
  z.object({ type: z.literal('keepingProgress'), progress: KeepingProgress }),
  /** A file more could not be taken, or one was put away: these are all. */
  z.object({ type: z.literal('rejectionsChanged'), rejected: z.array(Rejection) }),
  /** Something more was left out, or put away: these are all. */
  z.object({ type: z.literal('leftOutChanged'), notes: z.array(LeftOutNote) }),
  /** Something in the main process failed that nobody foresaw; the app goes on. */
  z.object({ type: z.literal('programFailed') }),
  /** Files that another start of the app has handed over were brought in. */
  z.object({ type: z.literal('filesHandedOver'), outcome: ImportOutcome }),
]);
export type AppEvent = z.infer<typeof AppEvent>;

/** An event with its number: a store that has fetched a snapshot at number n drops events up to n. */
export const NumberedEvent = z.object({ sequence: z.number().int(), event: AppEvent });
export type NumberedEvent = z.infer<typeof NumberedEvent>;

/** One function for every request: takes the parsed input, gives the output, throws AppErrors. */
export type Handlers = {
  readonly [N in RequestName]: (input: RequestInput<N>) => RequestOutput<N> | Promise<RequestOutput<N>>;
};

/** How a request is answered across the bridge: an error as data, since only data crosses. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T; readonly sequence: number }
  | { readonly ok: false; readonly error: Failure };
