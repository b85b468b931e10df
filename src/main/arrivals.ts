import { Mutex } from 'async-mutex';
import type { CoreEvent } from '../contract/events.ts';
import type { AppEvent } from '../contract/ipc.ts';
import type { Database } from '../core/database/database.ts';
import { editableSegment } from '../core/transcripts/transcript-editor.ts';

/** Tells the window of the segments of finished windows as the editor takes them, with their ids. */
export class Arrivals {
  readonly #database: Database;
  readonly #tell: (event: AppEvent) => void;
  readonly #mutex = new Mutex();
  readonly #lastIds = new Map<string, number>();

  constructor(database: Database, tell: (event: AppEvent) => void) {
    this.#database = database;
    this.#tell = tell;
  }

  /** Follows what happens in the core. */
  take(event: CoreEvent): void {
    if (event.type !== 'segmentsCommitted' || event.segments.length === 0) return;
    const { jobId, segments } = event;
    const looked = this.#mutex.runExclusive(() => this.#tellNew(jobId, segments.length));
    // A window that is being opened meanwhile reads them itself, and a sealed vault tells nothing.
    looked.catch(() => undefined);
  }

  async #tellNew(jobId: string, count: number): Promise<void> {
    const version = await this.#database.versions.ofJob(jobId);
    if (version === null) return;
    const { id: versionId, recordingId } = version;
    const text = await this.#database.edits.text(recordingId);
    // A recording that has a finished text keeps showing that until the new one is finished too.
    if (text?.machineVersionId !== versionId) return;
    const known = this.#lastIds.get(versionId);
    const since = await this.#database.segments.addedSince({ versionId, afterId: known ?? 0 });
    const added = known === undefined ? since.slice(-count) : since;
    const last = added.at(-1);
    if (last === undefined) return;
    this.#lastIds.set(versionId, last.id);
    this.#tell({ type: 'segmentsArrived', recordingId, segments: added.map(editableSegment) });
  }
}
