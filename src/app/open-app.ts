import { type CoreEvent, type EventSink, isForwarded } from '../contract/events.ts';
import type { AppEvent } from '../contract/ipc.ts';
import type { Locale } from '../contract/locale.ts';
import { Database } from '../core/database/database.ts';
import { ephemeralNotes, storedNotes } from '../core/delivery/export-notes.ts';
import { noting } from '../core/diagnostics/core-event-facts.ts';
import { Engine } from '../core/engine/engine.ts';
import type { EngineLauncher } from '../core/engine/engine-process.ts';
import { closeExporter, type PdfPrinter } from '../core/export/export-transcript.ts';
import { WrittenFiles } from '../core/export/written-files.ts';
import { packagedFfmpegFolder } from '../core/folders.ts';
import { findFfmpeg } from '../core/media/find-ffmpeg.ts';
import { Imports } from '../core/pipeline/import/imports.ts';
import { TypingActivity } from '../core/pipeline/typing-activity.ts';
import type { Vault } from '../core/vault/vault.ts';
import { Exporting } from './export/exporting.ts';
import { Jobs } from './jobs/jobs.ts';
import { JobQueue } from './jobs/queue.ts';
import { PATIENT, type RetryPolicy } from './jobs/retry-policy.ts';
import { Matters, type MattersObserver } from './matters/matters.ts';
import type { Models } from './models/models.ts';
import { Intake } from './recordings/intake.ts';
import { IntakeMemory } from './recordings/intake-memory.ts';
import { Joining } from './recordings/joining.ts';
import { Library } from './recordings/library.ts';
import { type RecordingServices, Recordings, type RecordingsObserver } from './recordings/recordings.ts';
import { Arrivals } from './transcripts/arrivals.ts';
import type { KeptBefore } from './transcripts/transcript-editor.ts';
import { Transcripts } from './transcripts/transcripts.ts';
import { UnsavedTyping } from './transcripts/unsaved-typing.ts';
import { VaultKeeping } from './vault/vault-keeping.ts';
import { VaultLog } from './vault/vault-log.ts';
import type { CurtainEvent, VaultWork } from './vault/vault-session.ts';

/** What an open vault needs of its surroundings: everything that differs between window, command line and tests. */
export interface VaultAppParts {
  /** Open; whoever closes the app seals it. Where opening the app throws, it is still open. */
  readonly vault: Vault;
  readonly models: Models;
  readonly launchEngine: EngineLauncher;
  /** The model file that will be asked for first, if that is known: the engine loads it while the database opens. */
  readonly expectedModel?: string;
  /** Where the ffmpeg lies that came with the app, if not in its usual place; where none is there, one is looked for on this machine. */
  readonly ffmpegFolder?: string;
  /** Told of everything that happens. */
  readonly emit: EventSink;
  readonly retryPolicy: RetryPolicy;
  /** Language of the labels in exports. */
  readonly language: () => Locale;
  /** How this machine writes numbers, as a BCP 47 locale. */
  readonly numbersLocale: () => string;
  /** Where exports by hand go at first. */
  readonly documentsFolder: string;
  /** What prints PDFs; without it there are none. */
  readonly printer?: PdfPrinter;
}

/** What the domains of an open vault share. For the application, tests and benchmarks: shells use the domains. */
export interface AppServices extends RecordingServices {
  readonly engine: Engine;
  readonly log: VaultLog;
  /** Told of every edit of a text. */
  readonly typing: TypingActivity;
}

/**
 * Opens the application on an open vault: its database, and what a crash has left behind is swept. The queue stands still
 * until it is started. Throws the database's errors, `ffmpeg.missing`.
 */
export async function openVaultApp(parts: VaultAppParts): Promise<VaultApp> {
  return new VaultApp(await openServices(parts), parts);
}

/**
 * The same for the window, and begins to work: empties the bin, and resumes the imports, the queue and what was being
 * brought in.
 */
export async function openWindowApp(parts: WindowAppParts): Promise<WindowApp> {
  // Nothing happens before the queue is started, and by then all that listen are there.
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
  await app.begin();
  return app;
}

/** Who is told of what is done in an open vault, besides what happens by itself. */
interface AppObserver {
  readonly recordings?: RecordingsObserver;
  readonly matters?: MattersObserver;
  readonly onKeptBefore?: (kept: KeptBefore) => void;
}

/** An open vault with everything that can be done in it, by domain. */
export class VaultApp {
  readonly services: AppServices;
  readonly recordings: Recordings;
  readonly jobs: Jobs;
  readonly transcripts: Transcripts;
  readonly export: Exporting;
  readonly matters: Matters;
  readonly models: Models;
  readonly vault: VaultKeeping;

  constructor(
    services: AppServices,
    parts: Omit<VaultAppParts, 'emit' | 'retryPolicy'>,
    observer: AppObserver = {},
  ) {
    const { database, queue, typing } = services;
    this.services = services;
    const { recordings, matters, onKeptBefore } = observer;
    this.recordings = new Recordings(services, recordings);
    this.models = parts.models.besides((name) => this.jobs.needModel(name));
    this.jobs = new Jobs({ database, queue, models: this.models, isEphemeral: services.vault.isEphemeral });
    this.transcripts = new Transcripts(database, {
      onEdit: (recordingId) => typing.edited(recordingId),
      ...(onKeptBefore && { onKeptBefore }),
    });
    this.export = new Exporting({ database, ...parts });
    this.matters = new Matters(database, this.recordings, matters);
    this.vault = new VaultKeeping(services);
  }

  /** Stops all work where it can be resumed, and seals the vault, whatever goes wrong on the way. */
  async close(): Promise<void> {
    const { queue, imports, engine, database, log, vault } = this.services;
    const steps = [
      () => queue.close(),
      () => imports.close(),
      () => engine.close(),
      () => closeExporter(),
      () => database.editSessions.bind({ recordingId: null, atMs: Date.now() }),
      () => log.end(),
      () => database.close(),
      () => vault.seal(),
    ];
    const errors: unknown[] = [];
    for (const step of steps) await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}

/** What the window needs besides. */
export interface WindowAppParts extends Omit<VaultAppParts, 'emit' | 'retryPolicy' | 'expectedModel'> {
  /** Tells the window, if there is one that may know. */
  readonly tell: (event: AppEvent) => void;
  /** Told of everything that happens, whether there is a window or not. */
  readonly watch: EventSink;
}

/** An open vault as the window works on it: with its rows, what is being brought in, and what is typed and unsaved. */
export class WindowApp extends VaultApp implements VaultWork {
  readonly library: Library;
  readonly intake: Intake;
  readonly unsaved: UnsavedTyping;
  readonly #arrivals: Arrivals;

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
      onKeptBefore: (kept) => tell({ type: 'keptBefore', ...kept }),
    });
    const { models, jobs } = this;
    this.library = library;
    this.#arrivals = new Arrivals(database, tell);
    this.intake = new Intake({ services, models, jobs, tell, memory });
    this.unsaved = new UnsavedTyping(this.transcripts.editor);
  }

  /** Follows what happens in the core. */
  follow(event: CoreEvent): void {
    this.library.take(event);
    this.#arrivals.take(event);
  }

  /** Starts to work: see `openWindowApp`. */
  async begin(): Promise<void> {
    await this.recordings.emptyBin(Date.now());
    await this.#resumeImports();
    await this.jobs.queue.start();
    await this.intake.startWaiting();
    this.intake.resume();
  }

  async isIdle(): Promise<boolean> {
    // It is in this process alone: to seal the vault now would lose it.
    if (!(await this.unsaved.store())) return false;
    if (this.isReading || this.services.joining.isJoining || this.export.isWriting) return false;
    return (await this.jobs.pending()).length === 0;
  }

  /** Tells the window of the row that a job belongs to. */
  async touchJob(jobId: string): Promise<void> {
    this.library.touch([(await this.jobs.get(jobId)).recordingId]);
  }

  /** Whether files that the user has handed over are still being read: their sources are needed. */
  get isReading(): boolean {
    return this.intake.isTaking || this.services.imports.isReading;
  }

  async curtain(event: CurtainEvent): Promise<void> {
    const { database, log } = this.services;
    if (event !== 'drawn') {
      return await log.write('vault.unlocked', { outcome: event === 'drawnBack' ? 'done' : 'failed' });
    }
    await database.editSessions.bind({ recordingId: null, atMs: Date.now() });
    await log.write('vault.locked');
  }

  override async close(): Promise<void> {
    await this.intake.end();
    await this.unsaved.store();
    this.library.close();
    await super.close();
  }

  async #tellMatters(tell: WindowAppParts['tell']): Promise<void> {
    // Where the vault was sealed meanwhile, there is nobody to tell.
    const matters = await this.matters.list().catch(() => null);
    if (matters !== null) tell({ type: 'mattersChanged', matters });
  }

  /** Imports that were interrupted and that no job will ask for go on by themselves. */
  async #resumeImports(): Promise<void> {
    const { database, imports } = this.services;
    const jobs = await database.jobs.list();
    for (const { id } of await database.recordings.list({ state: 'importing' })) {
      if (jobs.some(({ recordingId }) => recordingId === id)) continue;
      // None of them holds up the others: what cannot be read is told when that is known.
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
  // Whoever asks for the model is told what is wrong with it.
  if (parts.expectedModel !== undefined) engine.load(parts.expectedModel).catch(() => undefined);
  const database = begun.adopt(await openDatabase(vault), (unused) => unused.close());
  const log = await VaultLog.begin(vault, database);
  const imports = new Imports({ vault, database, ffmpeg: await searched, emit });
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
    language: parts.language(),
    notes: vault.isEphemeral ? ephemeralNotes() : storedNotes(database),
    written: new WrittenFiles(),
  });
  const joining = new Joining({ vault, database, imports, queue, emit });
  begun.move();
  return { vault, database, log, engine, imports, queue, joining, typing };
}

/** Opens a vault's database and sweeps what a crash has left behind. */
async function openDatabase(vault: Vault): Promise<Database> {
  const { database: key, audit: auditKey } = vault.keys;
  // An ephemeral vault's log would live no longer than its process.
  const options = vault.isEphemeral ? {} : { auditKey };
  await using begun = new AsyncDisposableStack();
  const opened = await Database.open({ file: vault.databaseFile, key, ...options });
  const database = begun.adopt(opened, (unused) => unused.close());
  // Whoever has the vault open is alone with it: what is said to run was left so by a process that died.
  await database.jobs.recoverInterrupted(Date.now());
  // A database that was rolled back does not know its newest objects: they must not be swept away on its word.
  if ((await database.audit.faultsAtOpening()).length === 0) {
    await vault.objects.sweepOrphans(new Set(await database.objects.allIds()));
    // Whoever edited has not come to the end of it: the process died, or an earlier release kept no log of edits.
    await database.editSessions.bind({ recordingId: null, atMs: Date.now(), interrupted: true });
  }
  begun.move();
  return database;
}
