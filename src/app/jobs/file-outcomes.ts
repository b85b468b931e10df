import { type AppError, type Failure, failureOf } from '../../contract/errors.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { JobFigures, JobState } from '../../contract/job.ts';
import { isFinal } from '../../contract/job-states.ts';
import { type LeftOut, nothingLeftOut } from '../../contract/left-out.ts';
import type { Database } from '../../core/database/database.ts';
import { note } from '../../core/diagnostics/note.ts';
import {
  beginsBeforeZero,
  NO_FINDINGS,
  type TextFindings,
  textFindings,
} from '../transcripts/text-findings.ts';

/** Outcome of one of the files that the user named. */
export interface FileOutcome extends TextFindings {
  /** The absolute path that was named, or the name of a recording in a vault. */
  readonly file: string;
  /** Null if it became none. */
  readonly recordingId: string | null;
  /**
   * `partly`: transcribed as far as the recording could be read; `existing`: was there, and not made again; `same`: a
   * second name of another file of the run.
   */
  readonly state: 'done' | 'partly' | 'failed' | 'interrupted' | 'existing' | 'same';
  /** For `same`, the name under which the file was read; otherwise null. */
  readonly sameAs: string | null;
  readonly failure: Failure | null;
  /** Absolute paths of the written files. */
  readonly exports: readonly string[];
  /** Whether it was transcribed to its end, even if it could not be written. */
  readonly transcribed: boolean;
  /** Whether times in its files would have been below 0, and are clamped to 0. */
  readonly beginsBeforeZero: boolean;
  /** Where it went because it could not be written into `folder`: to stdout alone if without paths. Otherwise null. */
  readonly rescued: { readonly folder: string; readonly paths: readonly string[] } | null;
  readonly durationMs: number | null;
  readonly figures: JobFigures | null;
}

/** The outcomes that need no attention of the user. */
const WELL: ReadonlySet<FileOutcome['state']> = new Set(['done', 'existing', 'same']);

interface Entry {
  readonly file: string;
  readonly sameAs: string | null;
  failure: Failure | null;
  state: JobState | null;
  incomplete: boolean;
  existing: boolean;
  durationMs: number | null;
  figures: JobFigures | null;
  readonly exports: string[];
  transcribed: boolean;
  beginsBeforeZero: boolean;
  rescued: FileOutcome['rescued'];
  recordingId: string | null;
  jobId: string | null;
  findings: TextFindings;
}

/** Collects the outcome of each file that the user named from the events. */
export class FileOutcomes {
  readonly #entries: Entry[] = [];
  readonly #byJob = new Map<string, Entry>();
  readonly #byRecording = new Map<string, Entry>();
  readonly #early: CoreEvent[] = [];
  /** What was skipped in the folders that the user named. */
  leftOut: LeftOut = nothingLeftOut();
  #changed = Promise.withResolvers<void>();

  /**
   * A file has become a job. Its events before this call count too. One whose job is expected already is the
   * same file under a second name.
   */
  expect(file: string, ids: { recordingId: string; jobId: string }): void {
    const known = this.#byJob.get(ids.jobId);
    if (known !== undefined) {
      this.same(file, known.file);
      return;
    }
    const entry = this.#add(file, null);
    entry.recordingId = ids.recordingId;
    entry.jobId = ids.jobId;
    this.#byJob.set(ids.jobId, entry);
    this.#byRecording.set(ids.recordingId, entry);
    for (const event of this.#early.splice(0)) this.note(event);
  }

  /** The transcript of a file exists already. */
  skip(file: string): void {
    const entry = this.#add(file, null);
    entry.state = 'done';
    entry.existing = true;
    entry.transcribed = true;
  }

  /** A file could not be added. */
  reject(file: string, error: AppError): void {
    note({ event: 'fileRefused', code: error.code });
    this.#add(file, failureOf(error)).state = 'failed';
  }

  /** A file is read under another name already. */
  same(file: string, sameAs: string): void {
    this.#add(file, null, sameAs).state = 'done';
  }

  /** A file that was not reached before the user stopped the run. */
  notBegun(file: string): void {
    this.#add(file, null);
  }

  note(event: CoreEvent): void {
    switch (event.type) {
      case 'recordingReady':
        this.#update(event, this.#byRecording.get(event.recordingId), (entry) => {
          entry.durationMs = event.durationMs;
          entry.incomplete = event.incomplete;
        });
        return;
      case 'exported':
        this.#update(event, this.#byJob.get(event.jobId), (entry) => entry.exports.push(event.path));
        return;
      case 'transcriptRescued':
        this.#update(event, this.#byJob.get(event.jobId), (entry) => {
          entry.rescued = { folder: event.folder, paths: event.paths };
        });
        return;
      case 'jobEnded':
        this.#update(event, this.#byJob.get(event.jobId), (entry) => {
          entry.state = event.state;
          entry.failure = event.failure;
          entry.figures = event.figures;
          entry.durationMs ??= event.figures?.audioMs ?? null;
        });
        return;
      default:
        return;
    }
  }

  /** Waits until every expected file has ended, or until `interrupted`. */
  async allEnded(interrupted: Promise<void>): Promise<void> {
    let stopped = false;
    const stop = interrupted.then(() => {
      stopped = true;
    });
    while (!stopped && this.#entries.some((entry) => entry.state === null || !isFinal(entry.state))) {
      await Promise.race([this.#changed.promise, stop]);
    }
  }

  /** Collects the findings of every text. Throws the database's errors. */
  async lookInto(database: Database): Promise<void> {
    for (const entry of this.#entries) {
      const { recordingId, jobId } = entry;
      if (recordingId !== null) entry.findings = await textFindings(database, recordingId);
      const version = jobId === null ? null : await database.versions.ofJob(jobId);
      if (jobId === null || version === null) continue;
      entry.transcribed = version.completedAtMs !== null;
      const offsetMs = (await database.jobs.get(jobId)).delivery?.timeOffsetMs ?? 0;
      entry.beginsBeforeZero = await beginsBeforeZero(database, version.id, offsetMs);
    }
  }

  /** Whether anything was written, or printed because it could not be. */
  get hasExports(): boolean {
    return this.#entries.some((entry) => entry.exports.length > 0 || entry.rescued !== null);
  }

  /** Whether none of the files needs attention. */
  get areWell(): boolean {
    return this.list().every(({ state }) => WELL.has(state));
  }

  /** In the order in which the files were named. */
  list(): FileOutcome[] {
    return this.#entries.map(({ findings, ...entry }) => ({
      file: entry.file,
      recordingId: entry.recordingId,
      state: outcomeOf(entry),
      sameAs: entry.sameAs,
      // Of an interrupted one: why its partial text could not be written.
      failure: entry.state === 'done' ? null : entry.failure,
      exports: entry.exports,
      transcribed: entry.transcribed,
      beginsBeforeZero: entry.beginsBeforeZero,
      rescued: entry.rescued,
      durationMs: entry.durationMs,
      figures: entry.figures,
      ...findings,
    }));
  }

  #add(file: string, failure: Failure | null, sameAs: string | null = null): Entry {
    const entry: Entry = {
      file,
      sameAs,
      failure,
      state: null,
      incomplete: false,
      existing: false,
      durationMs: null,
      figures: null,
      exports: [],
      transcribed: false,
      beginsBeforeZero: false,
      rescued: null,
      recordingId: null,
      jobId: null,
      findings: NO_FINDINGS,
    };
    this.#entries.push(entry);
    return entry;
  }

  #update(event: CoreEvent, entry: Entry | undefined, change: (entry: Entry) => void): void {
    if (entry === undefined) {
      // The job may run before the caller knows its id.
      this.#early.push(event);
      return;
    }
    change(entry);
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}

function outcomeOf({ state, sameAs, incomplete, existing }: Omit<Entry, 'findings'>): FileOutcome['state'] {
  if (sameAs !== null) return 'same';
  if (existing) return 'existing';
  if (state === 'done') return incomplete ? 'partly' : 'done';
  return state === 'failed' ? 'failed' : 'interrupted';
}
