import type { Failure } from '../../contract/errors.ts';
import type { CoreEvent, JobProgress } from '../../contract/events.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { RecordingView } from '../../contract/views.ts';
import type { Database } from '../../core/database/database.ts';
import { recordingViews, type UnstoredFacts } from './recording-views.ts';

/** Milliseconds for which changed rows are gathered after some were sent to the window. */
const GATHER_MS = 100;

/** The rows of an open vault's recordings, as the window lists them; sent to it as they change. */
export class Library {
  readonly #database: Database;
  readonly #tell: (event: AppEvent) => void;
  readonly #progress = new Map<string, JobProgress>();
  readonly #hindrances = new Map<string, Failure>();
  readonly #importFailures = new Map<string, Failure>();
  readonly #recordingOfJob = new Map<string, string>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #changed = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(database: Database, tell: (event: AppEvent) => void) {
    this.#database = database;
    this.#tell = tell;
  }

  get #passing(): UnstoredFacts {
    const [progress, hindrances, importFailures] = [this.#progress, this.#hindrances, this.#importFailures];
    return { progress, hindrances, importFailures };
  }

  async list(): Promise<RecordingView[]> {
    return await recordingViews(this.#database, this.#passing);
  }

  /** Handles the core's events. */
  take(event: CoreEvent): void {
    switch (event.type) {
      case 'recordingAdded':
        this.#importFailures.delete(event.recordingId);
        if (event.jobId !== null) this.#recordingOfJob.set(event.jobId, event.recordingId);
        this.touch([event.recordingId]);
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
      case 'textAligned':
        this.touch([event.recordingId]);
        return;
      case 'jobEnded':
        this.#progress.delete(event.jobId);
        this.#hindrances.delete(event.jobId);
        this.touch([event.recordingId]);
        return;
      case 'segmentsCommitted':
      case 'liveSegmentsCommitted':
      case 'speakersTold':
      case 'textCorrected':
      case 'rangeRetranscribed':
      case 'finalTranscribed':
      case 'interimText':
      case 'exported':
        return;
    }
  }

  /** Sends the rows of these recordings to the window: at once, unless others were just sent. */
  touch(recordingIds: readonly string[]): void {
    if (recordingIds.length === 0) return;
    for (const id of recordingIds) this.#changed.add(id);
    const waitMs = Math.max(0, this.#toldAt + GATHER_MS - performance.now());
    this.#timer ??= setTimeout(() => void this.#tellChanged(), waitMs);
  }

  /** Reports to the window that a recording is gone. */
  gone(recordingId: string): void {
    this.#tell({ type: 'libraryChanged', changed: [], removed: [recordingId] });
  }

  /** Forgets a recording's import error: its source is about to be read again. */
  forgetImportFailure(recordingId: string): void {
    this.#importFailures.delete(recordingId);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #touchJob(jobId: string): void {
    const recordingId = this.#recordingOfJob.get(jobId);
    if (recordingId !== undefined) this.touch([recordingId]);
  }

  async #tellChanged(): Promise<void> {
    this.#timer = null;
    this.#toldAt = performance.now();
    const ids = this.#changed;
    this.#changed = new Set();
    try {
      const changed = await recordingViews(this.#database, this.#passing, [...ids]);
      this.#tell({ type: 'libraryChanged', changed, removed: [] });
    } catch {
      // For display only, and the vault may have been sealed meanwhile: the next list is right again.
    }
  }
}
