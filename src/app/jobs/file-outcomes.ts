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

/** What came of one of the files that the user named. */
export interface FileOutcome extends TextFindings {
  /** The absolute path that was named, or the name of a recording in a vault. */
  readonly file: string;
  /** Null where it became none. */
  readonly recordingId: string | null;
  /**
   * `partly`: transcribed as far as the recording could be read; `existing`: was there, and not made again; `same`: a
   * second name of another file of the run.
   */
  readonly state: 'done' | 'partly' | 'failed' | 'interrupted' | 'existing' | 'same';
  /** The name under which a file was read that is `same`; null for all others. */
  readonly sameAs: string | null;
  readonly failure: Failure | null;
  /** Absolute paths of what was written. */
  readonly exports: readonly string[];
  /** Whether it was transcribed to its end, also where it could not be written. */
  readonly transcribed: boolean;
  /** Whether times in its files would have been below 0, and are 0. */
  readonly beginsBeforeZero: boolean;
  /** Where it was put because it could not be written into `folder`: nowhere but on stdout without paths. Null for all else. */
  readonly rescued: { readonly folder: string; readonly paths: readonly string[] } | null;
  readonly durationMs: number | null;
  readonly figures: JobFigures | null;
}

/** The outcomes of a file that nobody has to look after. */
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

/** Collects from the events what came of each file that the user named. */
export class FileOutcomes {
  readonly #entries: Entry[] = [];
  readonly #byJob = new Map<string, Entry>();
  readonly #byRecording = new Map<string, Entry>();
  readonly #early: CoreEvent[] = [];
  /** What was not read of the folders that the user named. */
  leftOut: LeftOut = nothingLeftOut();
  #changed = Promise.withResolvers<void>();

  /**
   * A file has become a job. Events of it that came before this call count too. One whose job is expected already is the
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

  /** The transcript of a file is there already. */
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

  /** A file is read under another name. */
  same(file: string, sameAs: string): void {
    this.#add(file, null, sameAs).state = 'done';
  }

  /** A file whose turn did not come before the user wanted to stop. */
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

  /** Waits until every expected file has come to its end, or until `interrupted`. */
  async allEnded(interrupted: Promise<void>): Promise<void> {
    let stopped = false;
    const stop = interrupted.then(() => {
      stopped = true;
    });
    while (!stopped && this.#entries.some((entry) => entry.state === null || !isFinal(entry.state))) {
      await Promise.race([this.#changed.promise, stop]);
    }
  }

  /** Looks into every text for what is to be told of it. Throws the database's errors. */
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

  /** Whether anything was written, or shown because it could not be. */
  get hasExports(): boolean {
    return this.#entries.some((entry) => entry.exports.length > 0 || entry.rescued !== null);
  }

  /** Whether nobody has to look after any of the files. */
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
      // Of an interrupted one: why the text that it had could not be written.
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
      // The job may be at work before the caller has learnt its id.
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
