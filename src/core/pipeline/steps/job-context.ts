import type { EventSink } from '../../../contract/events.ts';
import type { Locale } from '../../../contract/locale.ts';
import type { Database } from '../../database/database.ts';
import type { Job } from '../../database/jobs/jobs.db.ts';
import type { Version } from '../../database/transcripts/versions.db.ts';
import type { JobNotes } from '../../delivery/export-notes.ts';
import type { Engine } from '../../engine/engine.ts';
import type { WrittenFiles } from '../../files/written-files.ts';
import type { Vault } from '../../vault/vault.ts';
import type { AttemptMeter } from '../attempt-meter.ts';
import type { ImportFeed } from '../import/import-feed.ts';
import type { Imports } from '../import/imports.ts';
import type { JobLanguage } from '../job-language.ts';
import type { PartSpeech } from '../plan-windows.ts';
import { Prefetch } from '../prefetch.ts';
import type { ProgressReporter } from '../progress/progress-reporter.ts';
import type { OrderedWindow } from '../range-first.ts';
import type { TypingActivity } from '../typing-activity.ts';
import { VoiceActivityOfParts } from '../voice-activity.ts';
import { VoiceHearing } from '../voice-hearing.ts';
import type { WorkingCopyReader } from '../working-copy-reader.ts';

/** The services of an attempt. */
export interface AttemptServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly engine: Engine;
  readonly emit: EventSink;
  readonly imports: Imports;
  /** Knows when a text is edited: it is not changed while the user types. */
  readonly typing: TypingActivity;
  /** Language of the labels in exports. */
  readonly language: Locale;
  /** What jobs have noted about their files. */
  readonly notes: JobNotes;
  /** The files that this process has written, none of which it replaces. */
  readonly written: WrittenFiles;
}

/** The subject of an attempt. */
interface Attempt {
  readonly services: AttemptServices;
  readonly job: Job;
  /** The version that the job writes, as it was when the attempt began. */
  readonly version: Version;
  /** How far the recording's import is. */
  readonly feed: ImportFeed;
  readonly reader: WorkingCopyReader;
  readonly progress: ProgressReporter;
  readonly meter: AttemptMeter;
  /** Aborted if the attempt is to stop at the end of the window that is being transcribed. */
  readonly atWindow: AbortSignal;
}

/** What the steps of one attempt share, and pass to each other. */
export class JobContext implements Attempt {
  readonly services: AttemptServices;
  readonly job: Job;
  readonly version: Version;
  readonly feed: ImportFeed;
  readonly reader: WorkingCopyReader;
  readonly progress: ProgressReporter;
  readonly meter: AttemptMeter;
  readonly atWindow: AbortSignal;
  /** From speech detection to the plan: on request while the source is being read, then all there is. */
  readonly speech = new Prefetch<PartSpeech>(0);
  /** From the plan to the transcription: one ahead, so that the engine does not wait while the next window is planned. */
  readonly windows = new Prefetch<OrderedWindow>(1);
  /** Of every part, whoever needs it first. */
  readonly activity: VoiceActivityOfParts;
  readonly voices: VoiceHearing;
  /** Aborted when all windows are transcribed: what runs beside that may then stop. */
  readonly transcribed = new AbortController();
  #language: JobLanguage | null = null;

  constructor(attempt: Attempt) {
    this.services = attempt.services;
    this.job = attempt.job;
    this.version = attempt.version;
    this.feed = attempt.feed;
    this.reader = attempt.reader;
    this.progress = attempt.progress;
    this.meter = attempt.meter;
    this.atWindow = attempt.atWindow;
    const { services, job, reader } = attempt;
    const heard = { database: services.database, engine: services.engine, reader };
    this.activity = new VoiceActivityOfParts(heard, job.recordingId);
    this.voices = new VoiceHearing({ ...heard, activity: this.activity }, job.recordingId);
  }

  /** Whether the version was finished when the attempt began: then only the steps after it are left to do. */
  get isAssembled(): boolean {
    return this.version.completedAtMs !== null;
  }

  /** The languages of the job's windows; known once its model is loaded. */
  get language(): JobLanguage {
    if (this.#language === null) throw new Error('The language is asked for once the model is loaded');
    return this.#language;
  }

  set language(language: JobLanguage) {
    this.#language = language;
  }
}
