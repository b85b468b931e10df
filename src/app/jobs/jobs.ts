import { isDeepStrictEqual } from 'node:util';
import type { Delivery } from '../../contract/document.ts';
import { AppError } from '../../contract/errors.ts';
import type { JobOptions, JobRange } from '../../contract/job.ts';
import { isPending, isUnfinished } from '../../contract/job-states.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import type { Job } from '../../core/database/jobs/jobs.db.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import { type DeliveryWish, deliveriesFor } from '../export/deliveries.ts';
import { prepareDestination } from '../export/destination.ts';
import type { Models } from '../models/models.ts';
import type { FileOutcomes } from './file-outcomes.ts';
import { type JobChoice, jobOptionsFor } from './job-options.ts';
import type { JobQueue } from './queue.ts';
import { type FilesPlan, queueFiles } from './transcribe-files.ts';

export type { Job };

/** Dependencies of the jobs of an open vault. */
export interface JobsParts {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly models: Pick<Models, 'resolve'>;
  /** Ephemeral vault: nothing outlives the process. */
  readonly isEphemeral: boolean;
}

/** The transcriptions of an open vault. `queue` starts, controls and awaits the queue itself. */
export class Jobs {
  readonly queue: JobQueue;
  readonly #parts: JobsParts;

  constructor(parts: JobsParts) {
    this.queue = parts.queue;
    this.#parts = parts;
  }

  get #database(): Database {
    return this.#parts.database;
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

  /** The pending and running jobs of the queue: of one recording if it is named. */
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
  async optionsFor(matterId: string | null, choice: JobChoice): Promise<JobOptions> {
    const matter = matterId === null ? null : await this.#database.matters.get(matterId);
    if (matterId !== null && matter === null) throw new AppError('matter.notFound', {});
    return await jobOptionsFor(this.#parts.models, choice, matter?.vocabulary ?? []);
  }

  /**
   * Queues a transcription of a recording in the vault, replacing its unfinished ones. If they differ in nothing but the number
   * of speakers, the one there is goes on with that: nothing is transcribed twice. Throws `recording.notFound` and what
   * `jobOptionsFor` throws.
   */
  async transcribe(recordingId: string, choice: TranscriptionChoice): Promise<void> {
    const options = await this.#optionsOf(recordingId, choice);
    const unfinished = (await this.#database.jobs.list({ recordingId })).filter(({ state }) =>
      isUnfinished(state),
    );
    const [job] = unfinished;
    if (unfinished.length === 1 && job?.range === null && isOtherCountOnly(job.options, options)) {
      const change = { jobId: job.id, speakerCount: options.speakerCount };
      if (await this.#database.jobs.setSpeakerCount(change)) return;
    }
    await this.queue.cancelOthers(recordingId, await this.queue.addJob(recordingId, options, null));
  }

  /**
   * Queues a range of a recording to be retranscribed; returns the job's id. Throws what `JobQueue.addRange` and
   * `jobOptionsFor` throw.
   */
  async retranscribe(recordingId: string, range: JobRange, choice: TranscriptionChoice): Promise<string> {
    return await this.queue.addRange(recordingId, await this.#optionsOf(recordingId, choice), range);
  }

  /**
   * Queues one more transcription of a recording in the vault, besides its queued ones, with this delivery; its
   * file names differ from those that the queue will write into the same folder. Returns the job's id. Throws what
   * `jobOptionsFor` and `prepareDestination` throw.
   */
  async add(recording: Recording, choice: JobChoice, wish: DeliveryWish | null): Promise<string> {
    const options = await this.optionsFor(recording.matterId, choice);
    const delivery = wish === null ? null : await this.deliveryOf(recording, wish);
    if (delivery !== null) await prepareDestination(delivery.folder);
    return await this.queue.addJob(recording.id, options, delivery);
  }

  /** Queues the files of a plan, and records the outcome of each: see `queueFiles`. */
  async addFiles(plan: FilesPlan, outcomes: FileOutcomes, isStopped: () => boolean): Promise<void> {
    await queueFiles(this.#parts, plan, outcomes, isStopped);
  }

  /**
   * Runs until the jobs that `queueUp` has added to `outcomes` have ended, or until `stopped`, and then collects
   * the findings of their texts. Throws the database's errors and what `queueUp` throws.
   */
  async runToEnd(
    outcomes: FileOutcomes,
    queueUp: () => Promise<void>,
    stopped: Promise<void>,
  ): Promise<void> {
    await this.queue.start();
    await queueUp();
    await outcomes.allEnded(stopped);
    await outcomes.lookInto(this.#database);
  }

  /** The delivery of a recording, whose file names differ from those that the queue will write into the same folder. */
  async deliveryOf(recording: Recording, wish: DeliveryWish): Promise<Delivery | null> {
    const others: Recording[] = [];
    for (const { recordingId, state, delivery } of await this.list()) {
      if (recordingId === recording.id || delivery?.folder !== wish.folder || !isUnfinished(state)) continue;
      others.push(await this.#database.recordings.get(recordingId));
    }
    return deliveriesFor([...others, recording], wish).at(-1) ?? null;
  }

  async #optionsOf(recordingId: string, choice: TranscriptionChoice): Promise<JobOptions> {
    const { matterId } = await this.#database.recordings.get(recordingId);
    return await this.optionsFor(matterId, choice);
  }
}

/** Whether options differ in the number of speakers, and in nothing else. */
function isOtherCountOnly(before: JobOptions, after: JobOptions): boolean {
  const { speakerCount } = before;
  return (
    !isDeepStrictEqual(speakerCount, after.speakerCount) &&
    isDeepStrictEqual(before, { ...after, speakerCount })
  );
}
