import { Mutex } from 'async-mutex';
import type { CoreEvent } from '../../contract/events.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { Segment } from '../../contract/transcript.ts';
import type { Database } from '../../core/database/database.ts';
import type { StoredSegment } from '../../core/text-alignment/stored-segment.ts';
import { transcriptFacts } from '../../core/transcripts/transcript-document.ts';
import { editableSegment } from './transcript-editor.ts';

type LiveSegments = Extract<CoreEvent, { type: 'liveSegmentsCommitted' }>;

/**
 * Sends the segments of finished windows, and of live texts, to the app's window in the editor's shape, with ids: each
 * once; and the library's row gets the last text with them.
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

  /** Handles the core's events. */
  take(event: CoreEvent): void {
    if (event.type === 'liveSegmentsCommitted') this.#inOrder(() => this.#tellLive(event));
    if (event.type !== 'segmentsCommitted' || event.segments.length === 0) return;
    const { jobId, segments } = event;
    this.#inOrder(() => this.#tellNew(jobId, segments));
  }

  #inOrder(work: () => Promise<void>): void {
    // A window opened meanwhile reads them itself, and a sealed vault sends nothing.
    this.#mutex.runExclusive(work).catch(() => undefined);
  }

  async #tellLive({ recordingId, versionId, segments }: LiveSegments): Promise<void> {
    const text = await this.#database.edits.text(recordingId);
    const version = await this.#database.versions.get(versionId);
    if (version === null || text?.machineVersionId !== versionId) return;
    const { skipped, otherLanguages } = await transcriptFacts(this.#database, version);
    this.#tell({
      type: 'segmentsArrived',
      jobId: null,
      recordingId,
      segments: segments.map((segment) => ({ ...segment, edited: false })),
      skipped,
      otherLanguages,
    });
  }

  async #tellNew(jobId: string, committed: readonly Segment[]): Promise<void> {
    const version = await this.#database.versions.ofJob(jobId);
    if (version === null) return;
    const { id: versionId, recordingId } = version;
    const text = await this.#database.edits.text(recordingId);
    // A recording with a finished text shows that until the new one is finished too: only its row shows interim text.
    if (text?.machineVersionId !== versionId) {
      const words = committed.at(-1)?.text ?? '';
      this.#tell({ type: 'core', event: { type: 'interimText', jobId, text: words } });
      return;
    }
    const known = this.#lastIds.get(versionId);
    const since = await this.#database.segments.addedSince({ versionId, afterId: known ?? null });
    // What preceded this session's first window is read when the transcript is opened.
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
