import { freemem } from 'node:os';
import { type CoreEvent, type EventSink, isForwarded } from '../contract/events.ts';
import type { AppEvent } from '../contract/ipc.ts';
import type { Locale } from '../contract/locale.ts';
import { type ProcessingQuality, USUAL_QUALITY } from '../contract/quality.ts';
import { Database } from '../core/database/database.ts';
import { ephemeralNotes, storedNotes } from '../core/delivery/export-notes.ts';
import { noting } from '../core/diagnostics/core-event-facts.ts';
import { backgroundEngine } from '../core/engine/background-engine.ts';
import { Engine } from '../core/engine/engine.ts';
import type { EngineLauncher } from '../core/engine/engine-process.ts';
import { closeExporter } from '../core/export/export-thread.ts';
import type { PdfPrinter } from '../core/export/export-transcript.ts';
import { WrittenFiles } from '../core/files/written-files.ts';
import { packagedFfmpegFolder } from '../core/folders.ts';
import { findFfmpeg } from '../core/media/find-ffmpeg.ts';
import { Imports } from '../core/pipeline/import/imports.ts';
import type { JobStep } from '../core/pipeline/steps/job-step.ts';
import { TypingActivity } from '../core/pipeline/typing-activity.ts';
import { endSpeakersThread } from '../core/speakers/speakers-thread.ts';
import type { Vault } from '../core/vault/vault.ts';
import { programTexts } from '../messages/program-texts.ts';
import {
  AutomaticCorrections,
  type AutomaticCorrectionsObserver,
} from './automatic-corrections/automatic-corrections.ts';
import type { CaptureDevices } from './capture/capture-devices.ts';
import { type CaptureEvent, Captures } from './capture/captures.ts';
import { dayAndTime } from './day-and-time.ts';
import { EditorTools } from './editor-tools/editor-tools.ts';
import { Citations } from './export/citations.ts';
import { Exporting } from './export/exporting.ts';
import { type HandOverObserver, HandOvers } from './hand-over/hand-overs.ts';
import { Jobs } from './jobs/jobs.ts';
import { ModelTrials } from './jobs/model-trials.ts';
import { JobQueue } from './jobs/queue.ts';
import { PATIENT, type RetryPolicy } from './jobs/retry-policy.ts';
import { RowQueue } from './jobs/row-queue.ts';
import { Matters, type MattersObserver } from './matters/matters.ts';
import { Measurements } from './models/measurements.ts';
import type { Models } from './models/models.ts';
import { Pseudonyms } from './pseudonyms/pseudonyms.ts';
import { ReadAloud } from './read-aloud/read-aloud.ts';
import { Intake } from './recordings/intake.ts';
import { IntakeMemory } from './recordings/intake-memory.ts';
import { Joining } from './recordings/joining.ts';
import { Library } from './recordings/library.ts';
import { type RecordingServices, Recordings, type RecordingsObserver } from './recordings/recordings.ts';
import { Retention, type RetentionObserver } from './retention/retention.ts';
import { type SignOffObserver, SignOffs } from './sign-off/sign-offs.ts';
import { Speakers, type SpeakersObserver } from './speakers/speakers.ts';
import { WordTemplates } from './templates/word-templates.ts';
import { Arrivals } from './transcripts/arrivals.ts';
import { ExistingTexts } from './transcripts/existing-texts.ts';
import type { KeptBefore } from './transcripts/transcript-editor.ts';
import { Transcripts } from './transcripts/transcripts.ts';
import { UnsavedTyping } from './transcripts/unsaved-typing.ts';
import { VaultKeeping } from './vault/vault-keeping.ts';
import { VaultLog } from './vault/vault-log.ts';
import type { CurtainEvent, VaultWork } from './vault/vault-session.ts';
import { Voices, type VoicesObserver } from './voices/voices.ts';
import { WatchedFolders } from './watched-folders/watched-folders.ts';

/** Environment of an open vault: everything that differs between window, command line and tests. */
export interface VaultAppParts {
  /** Open; closing the app seals it. If opening the app throws, it may be open still: seal it, twice does no harm. */
  readonly vault: Vault;
  readonly models: Models;
  readonly launchEngine: EngineLauncher;
  /** The first model file that will be needed, if known: the engine prefetches it while the database opens. */
  readonly expectedModel?: string;
  /** The path of the bundled ffmpeg, if not the usual one; if there is none, one is searched for on this machine. */
  readonly ffmpegFolder?: string;
  /** Receives every event. */
  readonly emit: EventSink;
  readonly retryPolicy: RetryPolicy;
  /** Language of the labels in exports. */
  readonly language: () => Locale;
  /** How this machine writes numbers, as a BCP 47 locale. */
  readonly numbersLocale: () => string;
  /** Initial folder of manual exports. */
  readonly documentsFolder: string;
  /** How much of the machine transcriptions may take, if not the usual. */
  readonly quality?: () => ProcessingQuality;
  /** Bytes of memory that are free, if not what the system says. */
  readonly freeMemory?: () => number;
  /** Prints PDFs; without it PDF is not available. */
  readonly printer?: PdfPrinter;
  /** What a job consists of, if not of the usual steps. */
  readonly steps?: readonly JobStep[];
  /** Holder of the microphones; without it nothing can be recorded. */
  readonly captureDevices?: CaptureDevices;
}

/** Services that the domains of an open vault share. For the app, tests and benchmarks: shells use the domains. */
export interface AppServices extends RecordingServices {
  /** Receives the core's events. */
  readonly emit: EventSink;
  readonly engine: Engine;
  readonly log: VaultLog;
  /** Receives every edit of a text. */
  readonly typing: TypingActivity;
}

/**
 * Opens the application on an open vault: opens its database and sweeps the leftovers of a crash. The queue waits
 * until started. Throws the database's errors, `ffmpeg.missing`.
 */
export async function openVaultApp(parts: VaultAppParts): Promise<VaultApp> {
  const app = new VaultApp(await openServices(parts), parts);
  return await begun(app, () => app.voices.begin());
}

/** An app that has begun; one that cannot is closed, for nothing else knows what it has open. */
async function begun<App extends VaultApp>(app: App, begin: () => Promise<void>): Promise<App> {
  try {
    await begin();
    return app;
  } catch (error) {
    // The first failure is the one to tell.
    await app.close().catch(() => undefined);
    throw error;
  }
}

/**
 * The same for the window, and starts work: empties the bin, and resumes the imports, the queue and the
 * intake.
 */
export async function openWindowApp(parts: WindowAppParts): Promise<WindowApp> {
  // No event is emitted before the queue is started, and by then all listeners are attached.
  const forward: EventSink = (event) => {
    if (isForwarded(event)) parts.tell({ type: 'core', event });
  };
  const listeners: EventSink[] = [parts.watch, forward];
  const emit: EventSink = (event) => {
    for (const listener of listeners) listener(event);
  };
  const services = await openServices({ ...parts, emit, retryPolicy: PATIENT });
  const app = new WindowApp(services, await IntakeMemory.load(services.database), parts);
  listeners.push((event) => app.follow(event));
  return await begun(app, () => app.begin());
}

/** Listeners to the user's actions in an open vault, besides its events. */
interface AppObserver {
  readonly recordings?: RecordingsObserver;
  readonly matters?: MattersObserver;
  readonly voices?: VoicesObserver;
  readonly automaticCorrections?: Pick<AutomaticCorrectionsObserver, 'onRules'>;
  readonly speakers?: SpeakersObserver;
  readonly signOffs?: SignOffObserver;
  readonly retention?: RetentionObserver;
  readonly handOvers?: HandOverObserver;
  readonly onKeptBefore?: (kept: KeptBefore) => void;
}

/** An open vault with all its operations, by domain. */
export class VaultApp {
  readonly services: AppServices;
  readonly recordings: Recordings;
  readonly jobs: Jobs;
  readonly trials: ModelTrials;
  readonly captures: Captures;
  readonly speakers: Speakers;
  readonly voices: Voices;
  readonly automaticCorrections: AutomaticCorrections;
  readonly signOffs: SignOffs;
  readonly retention: Retention;
  readonly pseudonyms: Pseudonyms;
  readonly transcripts: Transcripts;
  readonly editorTools: EditorTools;
  readonly texts: ExistingTexts;
  readonly readAloud: ReadAloud;
  readonly export: Exporting;
  readonly citations: Citations;
  readonly matters: Matters;
  readonly templates: WordTemplates;
  readonly models: Models;
  readonly vault: VaultKeeping;
  readonly handOvers: HandOvers;

  constructor(
    services: AppServices,
    parts: Omit<VaultAppParts, 'emit' | 'retryPolicy'>,
    observer: AppObserver = {},
  ) {
    const { database, queue, typing } = services;
    this.services = services;
    const { recordings, matters, speakers, voices, signOffs, handOvers, onKeptBefore } = observer;
    this.recordings = new Recordings(services, recordings);
    this.models = parts.models.besides((name) => this.jobs.needModel(name));
    this.jobs = new Jobs({ database, queue, models: this.models, isEphemeral: services.vault.isEphemeral });
    this.captures = new Captures({
      ...{ services, recordings: this.recordings, jobs: this.jobs, models: this.models },
      devices: parts.captureDevices ?? null,
      nameAt: (atMs) =>
        programTexts(parts.language(), 'dialogs')('recordingName', { time: dayAndTime(new Date(atMs)) }),
    });
    this.trials = new ModelTrials({
      ...{ services, jobs: this.jobs },
      isCapturing: () => this.captures.isCapturing,
    });
    this.speakers = new Speakers(services, speakers);
    this.voices = new Voices(services, voices);
    this.automaticCorrections = new AutomaticCorrections(database, {
      ...observer.automaticCorrections,
      onEdit: (recordingId) => typing.edited(recordingId),
    });
    this.signOffs = new SignOffs(database, signOffs);
    this.retention = new Retention({ database, recordings: this.recordings, ...parts }, observer.retention);
    this.transcripts = new Transcripts(database, {
      onEdit: (recordingId) => typing.edited(recordingId),
      ...(onKeptBefore && { onKeptBefore }),
    });
    this.editorTools = new EditorTools(database);
    const { language, ffmpegFolder = packagedFfmpegFolder() } = parts;
    const ffmpeg = () => findFfmpeg({ packagedFolder: ffmpegFolder });
    this.readAloud = new ReadAloud({ database, language, ffmpeg });
    this.texts = new ExistingTexts(services);
    this.pseudonyms = new Pseudonyms({ ...services, language, ffmpeg });
    this.export = new Exporting({
      database,
      ...parts,
      copyOf: (document) => this.pseudonyms.copyOf(document),
    });
    this.citations = new Citations({
      ...{ database, language: parts.language },
      choiceOf: (recordingId) => this.export.choiceOf(recordingId),
    });
    this.templates = new WordTemplates(database);
    this.matters = new Matters(database, this.recordings, matters);
    this.vault = new VaultKeeping(services);
    this.handOvers = new HandOvers(services, handOvers);
  }

  /** How much of the machine transcriptions may take, from the next window on. */
  setQuality(quality: ProcessingQuality): void {
    this.services.engine.setQuality(quality);
  }

  /** Stops all work such that it can be resumed, and seals the vault, whatever fails meanwhile. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.closingSteps()) await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }

  /** What closing consists of, in order. Each is done whatever fails before it. */
  protected closingSteps(): (() => Promise<unknown>)[] {
    const { queue, imports, engine, database, log, vault } = this.services;
    return [
      () => this.trials.stop(),
      async () => this.voices.close(),
      () => this.retention.close(),
      () => this.captures.end(),
      () => this.speakers.close(),
      () => this.readAloud.close(),
      () => this.editorTools.endSpelling(),
      () => queue.close(),
      () => imports.close(),
      () => engine.close(),
      () => closeExporter(),
      () => endSpeakersThread(),
      () => database.editSessions.bind({ recordingId: null, atMs: Date.now() }),
      () => log.end(),
      () => database.close(),
      () => vault.seal(),
    ];
  }
}

/** What the window needs in addition. */
export interface WindowAppParts extends Omit<VaultAppParts, 'emit' | 'retryPolicy' | 'expectedModel'> {
  /** Emits to the window, if there is one that may show it. */
  readonly tell: (event: AppEvent) => void;
  /** Receives every event, whether there is a window or not. */
  readonly watch: EventSink;
  /** Receives every event of a capture, behind the curtain too: nothing of its text may be shown. */
  readonly watchCaptures?: (event: CaptureEvent) => void;
}

/** An open vault as the window works on it: with its rows, its intake and unsaved typing. */
export class WindowApp extends VaultApp implements VaultWork {
  readonly library: Library;
  readonly intake: Intake;
  readonly watchedFolders: WatchedFolders;
  readonly unsaved: UnsavedTyping;
  readonly measurements: Measurements;
  readonly #arrivals: Arrivals;
  readonly #tell: WindowAppParts['tell'];

  constructor(services: AppServices, memory: IntakeMemory, parts: WindowAppParts) {
    const { tell } = parts;
    const { database } = services;
    const library = new Library(database, tell);
    super(services, parts, {
      recordings: {
        onChange: (ids) => library.touch(ids),
        onErased: (id) => library.gone(id),
        onReadAgain: (id) => library.forgetImportFailure(id),
      },
      matters: {
        onChange: (ids) => {
          library.touch(ids);
          void this.#tellMatters(tell);
        },
      },
      handOvers: {
        onReceived: (ids) => {
          library.touch(ids);
          void this.#tellMatters(tell);
          tell({ type: 'voicesChanged' });
        },
      },
      voices: { onChange: () => tell({ type: 'voicesChanged' }) },
      automaticCorrections: { onRules: () => tell({ type: 'rulesChanged' }) },
      retention: { onChange: () => tell({ type: 'retentionChanged' }) },
      signOffs: { onChange: (recordingId) => library.touch([recordingId]) },
      speakers: {
        onChange: (recordingId, percent) => {
          if (percent === null) library.touch([recordingId]);
          tell({ type: 'speakersChanged', recordingId, percent });
        },
      },
      onKeptBefore: (kept) => tell({ type: 'keptBefore', ...kept }),
    });
    const { models, jobs } = this;
    this.library = library;
    this.#arrivals = new Arrivals(database, tell);
    this.#tell = tell;
    this.measurements = new Measurements({
      ...parts,
      models,
      quality: parts.quality ?? (() => USUAL_QUALITY),
      isBusy: async () => this.#isWorking || (await jobs.pending()).length > 0,
      optionsOfJob: async (jobId) => (await services.database.jobs.get(jobId)).options,
      onChange: (views) => tell({ type: 'modelsChanged', models: views }),
    });
    this.trials.listen((trial) => tell({ type: 'modelTrial', trial }));
    this.intake = new Intake({ services, models, measurements: this.measurements, jobs, tell, memory });
    this.watchedFolders = new WatchedFolders({
      database,
      vaultFolder: services.vault.folder,
      bringIn: (paths, how) => this.intake.bringIn(paths, how),
      onChange: (folders) => tell({ type: 'watchedFoldersChanged', folders }),
    });
    this.unsaved = new UnsavedTyping(this.transcripts.editor);
    this.captures.listen((event) => {
      tell(event);
      parts.watchCaptures?.(event);
    });
  }

  /** Handles the core's events. */
  follow(event: CoreEvent): void {
    this.library.take(event);
    this.#arrivals.take(event);
    this.measurements.follow(event);
    if (event.type === 'textCorrected') {
      this.#tell({ type: 'textCorrected', recordingId: event.recordingId });
    }
    if (event.type === 'speakersTold') {
      this.#tell({ type: 'speakersChanged', recordingId: event.recordingId, percent: null });
    }
  }

  /** Starts work: see `openWindowApp`. */
  async begin(): Promise<void> {
    await this.recordings.emptyBin(Date.now());
    await this.retention.begin();
    await this.voices.begin();
    await this.#resumeImports();
    await this.jobs.queue.start();
    await this.intake.startWaiting();
    this.intake.resume();
    this.watchedFolders.begin();
    this.measurements.begin();
  }

  async isIdle(): Promise<boolean> {
    // It is in this process's memory alone: sealing the vault would lose it.
    if (!(await this.unsaved.store())) return false;
    if (this.#isWorking) return false;
    const isWriting = this.export.isWriting || this.pseudonyms.isBusy;
    const isKeeping = isWriting || this.vault.isBusy || this.handOvers.isBusy;
    if (this.services.joining.isJoining || isKeeping || this.speakers.isBusy) return false;
    return (await this.jobs.pending()).length === 0;
  }

  /** Whether sound is recorded or read, or models are tried. */
  get #isWorking(): boolean {
    return this.captures.isCapturing || this.isReading || this.trials.isTrying;
  }

  /** Sends the row of a job's recording to the window. */
  async touchJob(jobId: string): Promise<void> {
    this.library.touch([(await this.jobs.get(jobId)).recordingId]);
  }

  /** Whether files that the user has passed are still being read: their sources are needed. */
  get isReading(): boolean {
    return this.intake.isTaking || this.services.imports.isReading;
  }

  async curtain(event: CurtainEvent): Promise<void> {
    const { database, log } = this.services;
    if (event !== 'drawn') {
      if (event === 'drawnBack') this.watchedFolders.begin();
      return await log.write('vault.unlocked', { outcome: event === 'drawnBack' ? 'done' : 'failed' });
    }
    // A file that appears is no reason to keep the keys.
    await this.watchedFolders.pause();
    // It must be begun again after unlocking: its page is gone.
    this.vault.cancelRenewal();
    await database.editSessions.bind({ recordingId: null, atMs: Date.now() });
    await log.write('vault.locked');
  }

  override setQuality(quality: ProcessingQuality): void {
    const { engine } = this.services;
    const { usualThreads } = engine;
    super.setQuality(quality);
    // The vault may be closed meanwhile, and a measurement waits for another time.
    if (engine.usualThreads !== usualThreads) void this.measurements.threadsChanged().catch(() => undefined);
  }

  protected override closingSteps(): (() => Promise<unknown>)[] {
    return [
      () => this.measurements.close(),
      () => this.captures.end(),
      () => this.watchedFolders.pause(),
      () => this.intake.end(),
      () => this.unsaved.store(),
      async () => this.library.close(),
      ...super.closingSteps(),
    ];
  }

  async #tellMatters(tell: WindowAppParts['tell']): Promise<void> {
    // If the vault was sealed meanwhile, there is no window to send it to.
    const matters = await this.matters.list().catch(() => null);
    if (matters !== null) tell({ type: 'mattersChanged', matters });
  }

  /** Resumes interrupted imports that no job will request. */
  async #resumeImports(): Promise<void> {
    const { database, imports } = this.services;
    const jobs = await database.jobs.list();
    for (const { id } of await database.recordings.list({ state: 'importing' })) {
      if (jobs.some(({ recordingId }) => recordingId === id)) continue;
      // None of them holds up the others: what cannot be read is reported once known.
      void imports.resume(id);
    }
  }
}

async function openServices(parts: VaultAppParts): Promise<AppServices> {
  const { vault, retryPolicy, ffmpegFolder = packagedFfmpegFolder() } = parts;
  const emit = noting(parts.emit);
  const searched = findFfmpeg({ packagedFolder: ffmpegFolder });
  // Awaited once the database is open; until then a failed search is no unhandled rejection.
  searched.catch(() => undefined);
  await using begun = new AsyncDisposableStack();
  const engine = begun.adopt(new Engine(parts.launchEngine), (unused) => unused.close());
  engine.setQuality(parts.quality?.() ?? USUAL_QUALITY);
  // The later request for the model reports its error.
  if (parts.expectedModel !== undefined) engine.load(parts.expectedModel).catch(() => undefined);
  const database = begun.adopt(await openDatabase(vault), (unused) => unused.close());
  const log = await VaultLog.begin(vault, database);
  const ffmpeg = { ...(await searched), isQuiet: () => engine.quality === 'quiet' };
  const imports = new Imports({ vault, database, ffmpeg, emit });
  const typing = new TypingActivity();
  const queue = new JobQueue({
    vault,
    database,
    engine,
    emit,
    imports,
    typing,
    retryPolicy,
    resumable: !vault.isEphemeral,
    backgroundEngine: () => backgroundEngine(parts.launchEngine),
    freeMemory: parts.freeMemory ?? freemem,
    steps: parts.steps,
    language: parts.language(),
    notes: vault.isEphemeral ? ephemeralNotes() : storedNotes(database),
    written: new WrittenFiles(),
  });
  const joining = new Joining({ vault, database, imports, queue, emit });
  begun.move();
  return { vault, database, emit, log, engine, imports, queue, joining, typing };
}

/** Opens a vault's database and sweeps the leftovers of a crash. */
async function openDatabase(vault: Vault): Promise<Database> {
  const { database: key, audit: auditKey } = vault.keys;
  // An ephemeral vault's log would live no longer than its process.
  const options = vault.isEphemeral ? { isEphemeral: true } : { auditKey };
  await using begun = new AsyncDisposableStack();
  const opened = await Database.open({ file: vault.databaseFile, key, ...options });
  const database = begun.adopt(opened, (unused) => unused.close());
  // The vault's lock is exclusive: a job in state `running` was left so by a process that died.
  await new RowQueue(database).sweep();
  await recoverCaptures(database);
  await database.handOvers.forgetArrived();
  // A rolled-back database does not know its newest objects: they must not be swept because of that.
  if ((await database.audit.faultsAtOpening()).length === 0) {
    await vault.objects.sweepOrphans(new Set(await database.objects.allIds()));
    // An edit session is still open: the process died, or an earlier release kept no log of edits.
    await database.editSessions.bind({ recordingId: null, atMs: Date.now(), interrupted: true });
  }
  begun.move();
  return database;
}

/** Captures whose process died wait for the user's decision, unless nothing of them had become durable. */
async function recoverCaptures(database: Database): Promise<void> {
  await database.captures.recoverInterrupted();
  for (const { recordingId } of await database.captures.list({ state: 'unfinished' })) {
    const { sampleFrames } = await database.captures.extent(recordingId);
    if (sampleFrames === 0) await database.recordings.erase({ recordingId, atMs: Date.now() });
  }
  await database.liveTexts.recoverInterrupted(Date.now());
}
