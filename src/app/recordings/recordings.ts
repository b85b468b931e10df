import type { RequestOutput } from '../../contract/ipc.ts';
import type { Database } from '../../core/database/database.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import type { SearchHit } from '../../core/database/transcripts/search-index.db.ts';
import { isSameSource, openSource } from '../../core/media/source.ts';
import type { Imports } from '../../core/pipeline/imports.ts';
import type { Vault } from '../../core/vault/vault.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Joining } from './joining.ts';
import { waveformOf } from './playback/waveform.ts';
import { WorkingCopyAudio } from './playback/working-copy-audio.ts';
import { sourceToReveal } from './recording-views.ts';

/** What the recordings of an open vault are kept and changed with. */
export interface RecordingServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly imports: Imports;
  readonly queue: JobQueue;
  readonly joining: Joining;
}

/** The recordings of an open vault. They are read in by `imports`. */
export class Recordings {
  readonly imports: Imports;
  readonly #services: RecordingServices;

  constructor(services: RecordingServices) {
    this.imports = services.imports;
    this.#services = services;
  }

  get #database(): Database {
    return this.#services.database;
  }

  /** All recordings, oldest first. */
  list(): Promise<Recording[]> {
    return this.#database.recordings.list();
  }

  /** Throws `recording.notFound`. */
  get(recordingId: string): Promise<Recording> {
    return this.#database.recordings.get(recordingId);
  }

  /** The recording whose id begins or ends with `text`. Throws `recording.notFound` and `recording.ambiguous`. */
  find(text: string): Promise<Recording> {
    return this.#database.recordings.findById(text);
  }

  /** Segments that hold every word of a text, the best first: see `SearchIndex.find`. */
  search(wanted: { readonly text: string; readonly limit: number }): Promise<SearchHit[]> {
    return this.#database.search.find(wanted);
  }

  /** Where a recording's source lies; of several the first that is still there. Throws `recording.notFound`. */
  sourceOf(recordingId: string): Promise<string> {
    return sourceToReveal(this.#database, recordingId);
  }

  /** The peaks of a recording's channels, in buckets of about `bucketMs`: see `waveformOf`. */
  waveform(recordingId: string, bucketMs: number): Promise<RequestOutput<'transcripts.peaks'>> {
    return waveformOf(this.#database, recordingId, bucketMs);
  }

  /** What can be heard of a recording so far, or null where that is nothing. Close it when done. */
  audio(recordingId: string): Promise<WorkingCopyAudio | null> {
    return WorkingCopyAudio.open(this.#services, recordingId);
  }

  /** The recording that an interrupted import of this very file has left behind, or null. Throws file errors. */
  async interruptedImportOf(path: string): Promise<string | null> {
    const source = await openSource(path);
    await source.close();
    const unread = await this.#database.recordings.list({ state: 'importing' });
    return unread.find((recording) => isSameSource(recording, source))?.id ?? null;
  }

  /**
   * Erases a recording with everything that was made of it; an import of it is stopped first.
   * Throws `recording.notFound`, and `recording.busy` while a job of it runs.
   */
  async erase(recordingId: string): Promise<void> {
    const { vault } = this.#services;
    const running = await this.#database.jobs.list({ recordingId, state: 'running' });
    // While one runs the database refuses, and nothing may have been stopped for that.
    if (running.length === 0) await this.imports.stop(recordingId);
    await vault.objects.remove(await this.#database.recordings.erase({ recordingId, atMs: Date.now() }));
  }
}
