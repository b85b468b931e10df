import { Delivery } from '../../../contract/document.ts';
import { Failure } from '../../../contract/errors.ts';
import { JobFigures, JobOptions, type JobRange, type JobState } from '../../../contract/job.ts';
import { USUAL_LANGUAGES, UsualLanguages } from '../../../contract/usual-languages.ts';
import type { ReadableConnection } from '../connection.db.ts';
import { readJson, readNullableJson } from '../json-column.ts';
import { requiredJob } from '../required-row.ts';
import { SettingReader } from '../settings/settings.db.ts';
import { idList, isOneOfIds, where } from '../where.ts';

/** The transcription of one recording with one set of options. */
export interface Job {
  readonly id: string;
  readonly recordingId: string;
  /** The recording's name, for lists. */
  readonly recordingName: string;
  readonly options: JobOptions;
  readonly delivery: Delivery | null;
  readonly state: JobState;
  /** Order in the queue: the smallest is next. */
  readonly position: number;
  /** The range it transcribes; null for the whole recording. */
  readonly range: JobRange | null;
  /** The range to be transcribed before the rest, or null for both. */
  readonly priorityStartMs: number | null;
  readonly priorityEndMs: number | null;
  /** Attempts that counted since the user last asked for the job. */
  readonly attempts: number;
  /** When a waiting job is due; null in every other state. */
  readonly retryAtMs: number | null;
  readonly failure: Failure | null;
  readonly detectedLanguage: string | null;
  readonly languageProbability: number | null;
  readonly createdAtMs: number;
  readonly queuedAtMs: number;
  /** When it first ran; null before. */
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly figures: JobFigures | null;
}

/** A job as it is queued. */
export type NewJob = Pick<Job, 'id' | 'recordingId' | 'options' | 'delivery' | 'createdAtMs'> & {
  readonly range?: JobRange | null;
};

/** How an attempt ended. The outcome decides the job's next state; a failed one waits if it has a `retryAtMs`. */
export interface AttemptEnd {
  readonly attemptId: string;
  readonly atMs: number;
  readonly outcome: AttemptOutcome;
  readonly failure: Failure | null;
  readonly figures: JobFigures | null;
  /** When to try again after a failure; null ends in `failed`. */
  readonly retryAtMs: number | null;
  /** Whether it counts against the job's attempts; by default done and failed ones do. */
  readonly counted?: boolean;
}

/** How an attempt can end. */
export type AttemptOutcome = 'done' | 'failed' | 'interrupted' | 'paused' | 'cancelled';

/** One run of a job. */
export interface Attempt {
  readonly id: string;
  readonly jobId: string;
  readonly number: number;
  readonly startedAtMs: number;
  readonly endedAtMs: number | null;
  readonly outcome: AttemptOutcome | null;
  readonly failure: Failure | null;
  readonly figures: JobFigures | null;
}

type JsonColumn = 'options' | 'delivery' | 'failure' | 'figures';
type JobRow = Omit<Job, JsonColumn | 'range'> & {
  rangeStartMs: number | null;
  rangeEndMs: number | null;
  options: string;
  delivery: string | null;
  failure: string | null;
  figures: string | null;
};
type AttemptRow = Omit<Attempt, 'failure' | 'figures'> & { failure: string | null; figures: string | null };

const SELECT = `SELECT job.id, job.recording_id AS recordingId, recording.name AS recordingName, options, delivery,
  job.state, position, range_start_ms AS rangeStartMs, range_end_ms AS rangeEndMs, priority_start_ms AS priorityStartMs, priority_end_ms AS priorityEndMs, attempts,
  retry_at_ms AS retryAtMs, failure, detected_language AS detectedLanguage,
  language_probability AS languageProbability, job.created_at_ms AS createdAtMs, queued_at_ms AS queuedAtMs,
  started_at_ms AS startedAtMs, finished_at_ms AS finishedAtMs, figures
  FROM jobs AS job JOIN recordings AS recording ON recording.id = job.recording_id`;

/** The next job to run: the first in the queue; waiting ones only if due. */
export const NEXT_JOB = `${SELECT}
  WHERE job.state IN ('queued', 'waiting') AND (job.state = 'queued' OR retry_at_ms <= @nowMs)
  ORDER BY position LIMIT 1`;

/** How many recordings were transcribed in a language: of the same matter, and of the whole vault. */
export interface LanguageUse {
  readonly language: string;
  readonly inMatter: number;
  readonly inVault: number;
  /** Whether the user has called it usual in the vault. */
  readonly isChosen: boolean;
}

/** The languages of other recordings, if certain. A chosen language counts as certain. */
export const LANGUAGE_USES = `SELECT ifnull(detected_language, options ->> '$.language') AS language,
    count(*) FILTER (WHERE recording.matter_id IS NOT NULL AND recording.matter_id = own.matter_id) AS inMatter,
    count(*) AS inVault
  FROM jobs AS job
    JOIN recordings AS recording ON recording.id = job.recording_id
    JOIN recordings AS own ON own.id = @recordingId
  WHERE job.state = 'done' AND range_start_ms IS NULL AND job.recording_id <> @recordingId
    AND (detected_language IS NULL OR language_probability >= 0.8)
    AND ifnull(detected_language, options ->> '$.language') NOT IN ('auto', 'mixed')
  GROUP BY 1`;

/** Reads the queue. */
export class JobReader {
  readonly #connection: ReadableConnection;

  constructor(connection: ReadableConnection) {
    this.#connection = connection;
  }

  /** The job. Throws `job.notFound`. */
  get(id: string): Job {
    return jobOf(requiredJob(this.#connection.one<JobRow>(`${SELECT} WHERE job.id = @id`, { id }), id));
  }

  /** Jobs in the order of the queue; of one recording or several, or in one state if passed. */
  list({
    recordingId = null,
    recordingIds = null,
    state = null,
  }: {
    recordingId?: string | null;
    recordingIds?: readonly string[] | null;
    state?: JobState | null;
  } = {}): Job[] {
    const conditions = where(
      recordingId !== null && 'job.recording_id = @recordingId',
      recordingIds !== null && isOneOfIds('job.recording_id'),
      state !== null && 'job.state = @state',
    );
    const rows = this.#connection.all<JobRow>(`${SELECT} ${conditions} ORDER BY position`, {
      recordingId,
      ...idList(recordingIds),
      state,
    });
    return rows.map(jobOf);
  }

  /** The first job that may run at `nowMs`, or null. */
  next(nowMs: number): Job | null {
    const row = this.#connection.one<JobRow>(NEXT_JOB, { nowMs });
    return row === null ? null : jobOf(row);
  }

  /** When the next waiting job is due; null if none waits. */
  nextRetryAtMs(): number | null {
    const sql = "SELECT min(retry_at_ms) AS retryAtMs FROM jobs WHERE state = 'waiting'";
    return this.#connection.one<{ retryAtMs: number | null }>(sql)?.retryAtMs ?? null;
  }

  /** The languages of the other recordings in a recording's matter and vault, and those that the user has called usual. */
  languageUses(recordingId: string): LanguageUse[] {
    const used = this.#connection.all<Omit<LanguageUse, 'isChosen'>>(LANGUAGE_USES, { recordingId });
    const stored = new SettingReader(this.#connection).get(USUAL_LANGUAGES);
    const chosen = UsualLanguages.catch([]).parse(stored);
    const unused = chosen.filter((code) => !used.some(({ language }) => language === code));
    return [
      ...used.map((use) => ({ ...use, isChosen: chosen.includes(use.language) })),
      ...unused.map((language) => ({ language, inMatter: 0, inVault: 0, isChosen: true })),
    ];
  }

  /** A job's attempts in order. */
  attempts(jobId: string): Attempt[] {
    const rows = this.#connection.all<AttemptRow>(
      `SELECT id, job_id AS jobId, number, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, outcome, failure,
         figures FROM attempts WHERE job_id = @jobId ORDER BY number`,
      { jobId },
    );
    return rows.map(attemptOf);
  }
}

function jobOf({ rangeStartMs, rangeEndMs, ...row }: JobRow): Job {
  return {
    ...row,
    range: rangeStartMs === null ? null : { startMs: rangeStartMs, endMs: rangeEndMs },
    options: readJson(JobOptions, row.options),
    delivery: readNullableJson(Delivery, row.delivery),
    failure: readNullableJson(Failure, row.failure),
    figures: readNullableJson(JobFigures, row.figures),
  };
}

function attemptOf(row: AttemptRow): Attempt {
  return {
    ...row,
    failure: readNullableJson(Failure, row.failure),
    figures: readNullableJson(JobFigures, row.figures),
  };
}
