import { AppError } from '../../contract/errors.ts';
import type { JobOptions, JobSpan } from '../../contract/job.ts';
import { isPending } from '../../contract/job-states.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import type { Models } from '../models/models.ts';
import { jobOptionsFor } from './job-options.ts';
import type { JobQueue } from './queue.ts';

/** What the jobs of an open vault are looked up and made with. */
export interface JobsParts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly models: Pick<Models, 'resolve'>;
}

/** The transcriptions of an open vault. The queue itself is started, steered and waited for by `queue`. */
export class Jobs {
  readonly queue: JobQueue;
  readonly #database: Database;
  readonly #models: JobsParts['models'];

  constructor({ database, queue, models }: JobsParts) {
    this.queue = queue;
    this.#database = database;
    this.#models = models;
  }

  /** All jobs, in the order of the queue. */
  list(): Promise<Job[]> {
    return this.#database.jobs.list();
  }

  /** Throws `job.notFound`. */
  get(jobId: string): Promise<Job> {
    return this.#database.jobs.get(jobId);
  }

  /** The job whose id begins or ends with `text`. Throws `job.notFound` and `job.ambiguous`. */
  async find(text: string): Promise<Job> {
    const wanted = text.toLowerCase();
    const found = (await this.list()).filter(({ id }) => id.startsWith(wanted) || id.endsWith(wanted));
    const [job] = found;
    if (wanted === '' || job === undefined) throw new AppError('job.notFound', { id: text });
    if (found.length > 1) throw new AppError('job.ambiguous', { id: text });
    return job;
  }

  /** The jobs that the queue will come to by itself, or is at: of one recording where it is named. */
  async pending(recordingId?: string): Promise<Job[]> {
    const jobs = await this.#database.jobs.list(recordingId === undefined ? {} : { recordingId });
    return jobs.filter(({ state }) => isPending(state));
  }

  /** Whether a job that is pending uses the model of this name. */
  async needModel(name: string): Promise<boolean> {
    return (await this.pending()).some(({ options }) => options.model.name === name);
  }

  /**
   * The options of a job for a recording in this matter, or in none. Throws `matter.notFound` and what `jobOptionsFor`
   * throws.
   */
  async optionsFor(matterId: string | null, choice: TranscriptionChoice): Promise<JobOptions> {
    const matter = matterId === null ? null : await this.#database.matters.get(matterId);
    if (matterId !== null && matter === null) throw new AppError('matter.notFound', {});
    return await jobOptionsFor(this.#models, choice, matter?.vocabulary ?? []);
  }

  /**
   * Queues a transcription of a recording in the vault, in the place of its unfinished ones. Throws `recording.notFound` and
   * what `jobOptionsFor` throws.
   */
  async transcribe(recordingId: string, choice: TranscriptionChoice): Promise<void> {
    const options = await this.#optionsOf(recordingId, choice);
    await this.queue.cancelOthers(recordingId, await this.queue.addJob(recordingId, options, null));
  }

  /**
   * Queues a range of a recording to be transcribed again; gives the job's id. Throws what `JobQueue.addSpan` and
   * `jobOptionsFor` throw.
   */
  async retranscribe(recordingId: string, span: JobSpan, choice: TranscriptionChoice): Promise<string> {
    return await this.queue.addSpan(recordingId, await this.#optionsOf(recordingId, choice), span);
  }

  async #optionsOf(recordingId: string, choice: TranscriptionChoice): Promise<JobOptions> {
    const { matterId } = await this.#database.recordings.get(recordingId);
    return await this.optionsFor(matterId, choice);
  }
}
