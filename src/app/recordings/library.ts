import { AppError, type Failure } from '../../contract/errors.ts';
import type { CoreEvent, JobProgress } from '../../contract/events.ts';
import type { AppEvent, RequestOutput } from '../../contract/ipc.ts';
import type { JobState } from '../../contract/job.ts';
import type { MatterView, RecordingView } from '../../contract/views.ts';
import { Matters } from '../matters/matters.ts';
import { recordingViews, type UnstoredFacts } from './recording-views.ts';
import type { RecordingServices } from './recordings.ts';

/** How long changed rows are gathered after the window was told of some. */
const GATHER_MS = 100;

/** How long a recording stays in the bin. */
export const BIN_MS = 30 * 24 * 60 * 60 * 1000;

const UNFINISHED: ReadonlySet<JobState> = new Set(['queued', 'running', 'waiting']);

/** The recordings of an open vault as the window lists them, and what can be done with them as a whole. */
export class Library {
  readonly #workspace: RecordingServices;
  readonly #tell: (event: AppEvent) => void;
  readonly #progress = new Map<string, JobProgress>();
  readonly #hindrances = new Map<string, Failure>();
  readonly #importFailures = new Map<string, Failure>();
  readonly #recordingOfJob = new Map<string, string>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(workspace: RecordingServices, tell: (event: AppEvent) => void) {
    this.#workspace = workspace;
    this.#tell = tell;
  }

  get #passing(): UnstoredFacts {
    const [progress, hindrances, importFailures] = [this.#progress, this.#hindrances, this.#importFailures];
    return { progress, hindrances, importFailures };
  }

  async list(): Promise<RecordingView[]> {
    return await recordingViews(this.#workspace.database, this.#passing);
  }

  async matters(): Promise<MatterView[]> {
    return await new Matters(this.#workspace.database).list();
  }

  /** The recording of a job that was heard of; null of any other. */
  recordingOf(jobId: string): string | null {
    return this.#recordingOfJob.get(jobId) ?? null;
  }

  /** Follows what happens in the core. */
  take(event: CoreEvent): void {
    switch (event.type) {
      case 'recordingAdded':
        this.#importFailures.delete(event.recordingId);
        if (event.jobId !== null) this.#recordingOfJob.set(event.jobId, event.recordingId);
        this.touch([event.recordingId]);
        this.touchMatters();
        return;
      case 'importFailed':
        this.#importFailures.set(event.recordingId, event.failure);
        this.touch([event.recordingId]);
        return;
      case 'recordingReady':
        this.#importFailures.delete(event.recordingId);
        this.touch([event.recordingId]);
        return;
      case 'jobStarted':
        this.#recordingOfJob.set(event.jobId, event.recordingId);
        this.#hindrances.delete(event.jobId);
        this.touch([event.recordingId]);
        return;
      case 'languageDetected':
        this.#touchJob(event.jobId);
        return;
      case 'jobHindered':
        this.#hindrances.set(event.jobId, event.failure);
        this.#touchJob(event.jobId);
        return;
      case 'jobProgress':
        this.#progress.set(event.jobId, event.progress);
        return;
      case 'jobEnded':
        this.#progress.delete(event.jobId);
        this.#hindrances.delete(event.jobId);
        this.touch([event.recordingId]);
        return;
      case 'segmentsCommitted':
      case 'rangeRetranscribed':
      case 'interimText':
      case 'exported':
        return;
    }
  }

  /** Tells the window of the rows of these recordings: at once, unless it was told of others just now. */
  touch(recordingIds: readonly string[]): void {
    for (const id of recordingIds) this.#changed.add(id);
    const waitMs = Math.max(0, this.#toldAt + GATHER_MS - performance.now());
    this.#timer ??= setTimeout(() => void this.#tellChanged(), waitMs);
  }

  /** Tells the window of the matters. */
  touchMatters(): void {
    this.matters().then(
      (matters) => this.#tell({ type: 'mattersChanged', matters }),
      // The vault was sealed meanwhile: there is nobody to tell.
      () => undefined,
    );
  }

  /** Reads the source of a recording again whose import failed. */
  async readAgain(recordingId: string): Promise<void> {
    this.#importFailures.delete(recordingId);
    await this.#workspace.imports.resume(recordingId);
    this.touch([recordingId]);
  }

  async rename(recordingId: string, name: string): Promise<void> {
    await this.#workspace.database.recordings.rename({ recordingId, name });
    this.touch([recordingId]);
  }

  /** Puts recordings into a matter, or into none. Throws `matter.notFound`. */
  async move(recordingIds: readonly string[], matterId: string | null): Promise<void> {
    const { database } = this.#workspace;
    if (matterId !== null && (await database.matters.get(matterId)) === null) {
      throw new AppError('matter.notFound', {});
    }
    for (const recordingId of recordingIds) {
      await database.recordings.moveToMatter({ recordingId, matterId });
    }
    this.#touchAll(recordingIds);
  }

  /**
   * Deletes a matter. Its recordings stay without one, or go to the bin; those that are there already stay there.
   * Throws `matter.notFound`.
   */
  async deleteMatter(matterId: string, withRecordings: 'keep' | 'bin'): Promise<void> {
    const { database } = this.#workspace;
    if ((await database.matters.get(matterId)) === null) throw new AppError('matter.notFound', {});
    const recordings = await database.recordings.list({ matterId });
    const present = recordings.filter(({ binnedAtMs }) => binnedAtMs === null).map(({ id }) => id);
    // The matter goes last: interrupted before that, deleting it once more ends what was begun.
    if (withRecordings === 'bin') await this.bin(present);
    await database.matters.remove({ id: matterId, atMs: Date.now() });
    this.#touchAll(recordings.map(({ id }) => id));
  }

  /** Makes one recording of several, in this order. Throws what joining throws. */
  async join(recordingIds: readonly string[], name: string): Promise<RequestOutput<'library.join'>> {
    const ids = [...new Set(recordingIds)];
    if (ids.length < 2) throw new AppError('usage.invalid', { problem: 'library.join' });
    const { recordingId, textCarried, mixedDown } = await this.#workspace.joining.join(ids, name);
    this.#touchAll([...ids, recordingId]);
    return { id: recordingId, textCarried, mixedDown };
  }

  /** Puts recordings into the bin; their work is paused. */
  async bin(recordingIds: readonly string[]): Promise<void> {
    const { database, queue } = this.#workspace;
    for (const recordingId of recordingIds) {
      for (const jobId of await this.#unfinishedJobs(recordingId)) await queue.pause(jobId);
      await database.recordings.setBinned({ recordingId, binnedAtMs: Date.now() });
    }
    this.#touchAll(recordingIds);
  }

  async restore(recordingIds: readonly string[]): Promise<void> {
    for (const recordingId of recordingIds) {
      await this.#workspace.database.recordings.setBinned({ recordingId, binnedAtMs: null });
    }
    this.#touchAll(recordingIds);
  }

  /** Erases recordings for good. Throws `usage.notConfirmed` unless the user typed their number. */
  async erase(recordingIds: readonly string[], typedCount: number): Promise<void> {
    if (new Set(recordingIds).size !== typedCount) throw new AppError('usage.notConfirmed', {});
    const { database, queue, imports, vault } = this.#workspace;
    for (const recordingId of new Set(recordingIds)) {
      for (const jobId of await this.#unfinishedJobs(recordingId)) await queue.cancel(jobId);
      await imports.stop(recordingId);
      await vault.objects.remove(await database.recordings.erase({ recordingId, atMs: Date.now() }));
      this.#tell({ type: 'libraryChanged', changed: [], removed: [recordingId] });
    }
    this.touchMatters();
  }

  /** Erases what has lain in the bin long enough. */
  async emptyBin(nowMs: number): Promise<void> {
    const old = await this.#workspace.database.recordings.binnedBefore(nowMs - BIN_MS);
    const ids = old.map(({ id }) => id);
    await this.erase(ids, ids.length);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #touchAll(recordingIds: readonly string[]): void {
    this.touch(recordingIds);
    this.touchMatters();
  }

  #touchJob(jobId: string): void {
    const recordingId = this.recordingOf(jobId);
    if (recordingId !== null) this.touch([recordingId]);
  }

  async #unfinishedJobs(recordingId: string): Promise<string[]> {
    const jobs = await this.#workspace.database.jobs.list({ recordingId });
    return jobs.filter(({ state }) => UNFINISHED.has(state)).map(({ id }) => id);
  }

  async #tellChanged(): Promise<void> {
    this.#timer = null;
    this.#toldAt = performance.now();
    const ids = this.#changed;
    this.#changed = new Set();
    try {
      const changed = await recordingViews(this.#workspace.database, this.#passing, ids);
      this.#tell({ type: 'libraryChanged', changed, removed: [] });
    } catch {
      // Told only for show, and the vault may have been sealed meanwhile: the next list is right again.
    }
  }
}
