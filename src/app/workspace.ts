import { v7 as newId } from 'uuid';
import { failureOf } from '../contract/errors.ts';
import type { EventSink } from '../contract/events.ts';
import { Database } from '../core/database/database.ts';
import { ephemeralNotes, storedNotes } from '../core/delivery/export-notes.ts';
import { noting } from '../core/diagnostics/core-event-facts.ts';
import { Engine } from '../core/engine/engine.ts';
import type { EngineLauncher } from '../core/engine/engine-process.ts';
import { closeExporter } from '../core/export/export-transcript.ts';
import { WrittenFiles } from '../core/export/written-files.ts';
import type { Ffmpeg } from '../core/media/find-ffmpeg.ts';
import { Imports } from '../core/pipeline/imports.ts';
import { TypingActivity } from '../core/pipeline/typing-activity.ts';
import { asAppError } from '../core/system-errors.ts';
import type { Vault } from '../core/vault/vault.ts';
import { backupVault, type CopiedVault } from '../core/vault/vault-backup.ts';
import { JobQueue } from './jobs/queue.ts';
import type { RetryPolicy } from './jobs/retry-policy.ts';
import { Joining } from './recordings/joining.ts';
import { VaultLog } from './vault/vault-log.ts';

/** What a workspace is made of: everything that differs between the app, the command line and the tests. */
export interface WorkspaceParts {
  readonly vault: Vault;
  /** May still be looked for while the database opens. */
  readonly ffmpeg: Ffmpeg | Promise<Ffmpeg>;
  readonly launchEngine: EngineLauncher;
  /** The model that will be asked for first, if that is known: the engine starts with it while the database opens. */
  readonly expectedModel?: string;
  readonly emit: EventSink;
  readonly retryPolicy: RetryPolicy;
  /** Language of the labels in exports. */
  readonly language: 'en' | 'es';
}

interface OpenedParts {
  readonly engine: Engine;
  readonly database: Database;
  readonly log: VaultLog;
  readonly ffmpeg: Ffmpeg;
}

/** An open vault with all that works on it. The queue stands still until it is started. */
export class Workspace {
  readonly vault: Vault;
  readonly database: Database;
  readonly log: VaultLog;
  readonly engine: Engine;
  readonly imports: Imports;
  readonly queue: JobQueue;
  readonly joining: Joining;
  /** To be told of every edit of a text. */
  readonly typing = new TypingActivity();

  private constructor(parts: WorkspaceParts, opened: OpenedParts) {
    const { engine, database, log, ffmpeg } = opened;
    const { vault, retryPolicy, language } = parts;
    const emit = noting(parts.emit);
    this.vault = vault;
    this.database = database;
    this.log = log;
    this.engine = engine;
    this.imports = new Imports({ vault, database, ffmpeg, emit });
    this.queue = new JobQueue({
      vault,
      database,
      engine,
      emit,
      imports: this.imports,
      typing: this.typing,
      retryPolicy,
      resumable: !vault.isEphemeral,
      language,
      notes: vault.isEphemeral ? ephemeralNotes() : storedNotes(database),
      written: new WrittenFiles(),
    });
    const { imports, queue } = this;
    this.joining = new Joining({ vault, database, imports, queue, emit });
  }

  /** Opens the database of an open vault and sweeps what a crash has left behind. Throws the database's errors, `ffmpeg.missing`. */
  static async open(parts: WorkspaceParts): Promise<Workspace> {
    const { vault } = parts;
    const { database: key, audit: auditKey } = vault.keys;
    // An ephemeral vault's log would live no longer than its process.
    const options = vault.isEphemeral ? {} : { auditKey };
    await using begun = new AsyncDisposableStack();
    const engine = begun.adopt(new Engine(parts.launchEngine), (unused) => unused.close());
    // Whoever asks for the model is told what is wrong with it.
    if (parts.expectedModel !== undefined) engine.load(parts.expectedModel).catch(() => undefined);
    const opened = await Database.open({ file: vault.databaseFile, key, ...options });
    const database = begun.adopt(opened, (unused) => unused.close());
    // Whoever has the vault open is alone with it: what is said to run was left so by a process that died.
    await database.jobs.recoverInterrupted(Date.now());
    // A database that was rolled back does not know its newest objects: they must not be swept away on its word.
    if ((await database.audit.faultsAtOpening()).length === 0) {
      await vault.objects.sweepOrphans(new Set(await database.objects.allIds()));
      // Whoever edited has not come to the end of it: the process died, or an earlier release kept no log of edits.
      const found = { recordingId: null, atMs: Date.now(), interrupted: true };
      await database.editSessions.bind(found);
    }
    const log = await VaultLog.begin(vault, database);
    const workspace = new Workspace(parts, { engine, database, log, ffmpeg: await parts.ffmpeg });
    begun.move();
    return workspace;
  }

  /**
   * Erases a recording with everything that was made of it; an import of it is stopped first.
   * Throws `recording.notFound`, and `recording.busy` while a job of it runs.
   */
  async eraseRecording(recordingId: string): Promise<void> {
    const { database, vault, imports } = this;
    const running = await database.jobs.list({ recordingId, state: 'running' });
    // While one runs the database refuses, and nothing may have been stopped for that.
    if (running.length === 0) await imports.stop(recordingId);
    await vault.objects.remove(await database.recordings.erase({ recordingId, atMs: Date.now() }));
  }

  /**
   * Copies the vault, as sealed, into a new or empty folder. The log tells of it, and the copy's own log ends with a mark, so
   * that its use is told there. Nothing may be imported or erased meanwhile. Throws what `backupVault` throws.
   */
  async backUp(folder: string): Promise<CopiedVault> {
    const { vault, database, log } = this;
    const backupId = newId();
    const atMs = Date.now();
    await database.editSessions.bind({ recordingId: null, atMs });
    const contents = {
      copyDatabase: async (file: string) => {
        await database.backupTo(file);
        const { database: key, audit: auditKey } = vault.keys;
        const copy = await Database.open({ file, key, auditKey });
        const mark = { action: 'vault.backedUp', subjectId: backupId, outcome: 'done' } as const;
        await copy.audit.append({ atMs, ...mark, detail: { copy: true } }).finally(() => copy.close());
      },
      listObjects: () => database.objects.page({ afterId: '', limit: Number.MAX_SAFE_INTEGER }),
    };
    try {
      const copied = await backupVault(vault, folder, contents);
      await log.write('vault.backedUp', { subjectId: backupId, detail: { objects: copied.objectCount } });
      return copied;
    } catch (error) {
      const { code } = failureOf(asAppError(error));
      await log.write('vault.backedUp', {
        subjectId: backupId,
        outcome: 'failed',
        detail: { failure: code },
      });
      throw error;
    }
  }

  /** Stops all work where it can be resumed, and seals the vault, whatever goes wrong on the way. */
  async close(): Promise<void> {
    const steps = [
      () => this.queue.close(),
      () => this.imports.close(),
      () => this.engine.close(),
      () => closeExporter(),
      () => this.database.editSessions.bind({ recordingId: null, atMs: Date.now() }),
      () => this.log.end(),
      () => this.database.close(),
      () => this.vault.seal(),
    ];
    const errors: unknown[] = [];
    for (const step of steps) await step().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}
