import { Mutex } from 'async-mutex';
import type { CoreEvent } from '../../contract/events.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Database } from '../../core/database/database.ts';
import type { StoredSegment } from '../../core/text-alignment/stored-segment.ts';
import { transcriptFacts } from '../../core/transcripts/transcript-document.ts';
import { editableSegment } from './transcript-editor.ts';

/**
 * Tells the window of the segments of finished windows as the editor takes them, with their ids: once for each window, and
 * with them the library's row learns the last words.
 */
export class Arrivals {
  readonly #database: Database;
  readonly #tell: (event: AppEvent) => void;
  readonly #mutex = new Mutex();
  readonly #lastIds = new Map<string, string>();

  constructor(database: Database, tell: (event: AppEvent) => void) {
    this.#database = database;
    this.#tell = tell;
  }

  /** Follows what happens in the core. */
  take(event: CoreEvent): void {
    if (event.type !== 'segmentsCommitted') return;
    const { jobId, segments } = event;
    if (segments.length === 0) return;
    const looked = this.#mutex.runExclusive(() => this.#tellNew(jobId, segments));
    // A window that is being opened meanwhile reads them itself, and a sealed vault tells nothing.
    looked.catch(() => undefined);
  }

  async #tellNew(jobId: string, committed: readonly Segment[]): Promise<void> {
    const version = await this.#database.versions.ofJob(jobId);
    if (version === null) return;
    const { id: versionId, recordingId } = version;
    const text = await this.#database.edits.text(recordingId);
    // A recording that has a finished text keeps showing that until the new one is finished too: only its row tells how far.
    if (text?.machineVersionId !== versionId) {
      const words = committed.at(-1)?.text ?? '';
      this.#tell({ type: 'core', event: { type: 'interimText', jobId, text: words } });
      return;
    }
    const known = this.#lastIds.get(versionId);
    const since = await this.#database.segments.addedSince({ versionId, afterId: known ?? null });
    // What was there before this session's first window is known to whoever opens the transcript.
    const isFirst = ({ segment }: StoredSegment) =>
      segment.startMs === committed[0]?.startMs && segment.text === committed[0].text;
    const added = known === undefined ? since.slice(since.findLastIndex(isFirst)) : since;
    const last = added.at(-1);
    if (last === undefined) return;
    this.#lastIds.set(versionId, last.id);
    const { skipped, otherLanguages } = await transcriptFacts(this.#database, version);
    const segments = added.map(editableSegment);
    this.#tell({ type: 'segmentsArrived', jobId, recordingId, segments, skipped, otherLanguages });
  }
}
