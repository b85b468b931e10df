import { BIN_DAYS } from '../../contract/bin.ts';
import { AppError } from '../../contract/errors.ts';
import type { RequestOutput } from '../../contract/ipc.ts';
import { isPending } from '../../contract/job-states.ts';
import type { Locale } from '../../contract/locale.ts';
import type { Database } from '../../core/database/database.ts';
import { pseudonymScope } from '../../core/database/pseudonyms/pseudonym-scope.ts';
import type { Recording } from '../../core/database/recordings/recordings.db.ts';
import type { SearchHit } from '../../core/database/search/search-index.db.ts';
import { exportTexts } from '../../core/export/export-texts.ts';
import { levelText } from '../../core/export/transcript-facts.ts';
import { isSameSource, openSource } from '../../core/media/source.ts';
import type { ImportOptions, Imports } from '../../core/pipeline/import/imports.ts';
import type { Vault } from '../../core/vault/vault.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { JoinOutcome } from './join-recordings.ts';
import type { Joining } from './joining.ts';
import { type OriginalsWish, writeOriginals } from './original-files.ts';
import { waveformOf } from './playback/waveform.ts';
import { WorkingCopyAudio } from './playback/working-copy-audio.ts';
import { sourceToReveal } from './recording-views.ts';
import { refuseHeld, refuseRecorded } from './refusals.ts';

export type { Recording, SearchHit };

/** Dependencies of the recordings of an open vault. */
export interface RecordingServices {
  readonly vault: Vault;
  readonly database: Database;
  readonly imports: Imports;
  readonly queue: JobQueue;
  readonly joining: Joining;
}

/** Listeners to changes of recordings. */
export interface RecordingsObserver {
  /** These recordings or their jobs have changed. */
  readonly onChange?: (recordingIds: readonly string[]) => void;
  readonly onErased?: (recordingId: string) => void;
  /** Its source is about to be read again. */
  readonly onReadAgain?: (recordingId: string) => void;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The recordings of an open vault. `imports` reads them in. */
export class Recordings {
  readonly imports: Imports;
  readonly #services: RecordingServices;
  readonly #observer: RecordingsObserver;

  constructor(services: RecordingServices, observer: RecordingsObserver = {}) {
    this.imports = services.imports;
    this.#services = services;
    this.#observer = observer;
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

  /** Segments that contain every word of a text, the best first: see `SearchIndex.find`. */
  search(wanted: { readonly text: string; readonly limit: number }): Promise<SearchHit[]> {
    return this.#database.search.find(wanted);
  }

  /** The path of a recording's source; of several the first that still exists. Throws `recording.notFound`. */
  sourceOf(recordingId: string): Promise<string> {
    return sourceToReveal(this.#database, recordingId);
  }

  /** The peaks of a recording's channels, in buckets of about `bucketMs`: see `waveformOf`. */
  waveform(recordingId: string, bucketMs: number): Promise<RequestOutput<'transcripts.peaks'>> {
    return waveformOf(this.#database, recordingId, bucketMs);
  }

  /** The playable part of a recording so far, or null if there is none. Close it when done. */
  audio(recordingId: string): Promise<WorkingCopyAudio | null> {
    return WorkingCopyAudio.open(this.#services, recordingId);
  }

  /**
   * Imports a file into the vault, or resumes an interrupted import of this very file, and returns the
   * recording once it has been read as far as possible. Throws file and media errors.
   */
  async importFile(path: string, options: ImportOptions): Promise<Recording> {
    const id = (await this.interruptedImportOf(path)) ?? (await this.imports.add(path, options));
    await this.imports.settled(id, options.speakers);
    return await this.get(id);
  }

  /** The gain of a recording, as written in exports. */
  async levelFact(recordingId: string, language: Locale): Promise<{ name: string; value: string }> {
    const texts = exportTexts(language);
    const gain = await this.#database.parts.gain(recordingId);
    return { name: texts.t('facts.level'), value: levelText(gain, texts) };
  }

  /**
   * The recording of an interrupted import of this very file, or null; none that is in the bin. Throws
   * file errors.
   */
  async interruptedImportOf(path: string): Promise<string | null> {
    const source = await openSource(path);
    await source.close();
    const unread = await this.#database.recordings.list({ state: 'importing' });
    const known = unread.find(
      (recording) => recording.binnedAtMs === null && isSameSource(recording, source),
    );
    return known?.id ?? null;
  }

  /** Reads the source of a recording again whose import failed; an event reports why it fails again. */
  async readAgain(recordingId: string): Promise<void> {
    this.#observer.onReadAgain?.(recordingId);
    await this.imports.resume(recordingId);
    this.#changed([recordingId]);
  }

  /** Throws `recording.notFound`. */
  async rename(recordingId: string, name: string): Promise<void> {
    await this.#database.recordings.rename({ recordingId, name });
    this.#changed([recordingId]);
  }

  /** Writes a recording's originals as files: see `writeOriginals`. */
  writeOriginals(recordingId: string, wish: OriginalsWish): Promise<string[]> {
    return writeOriginals(this.#services, recordingId, wish);
  }

  /** Moves recordings into a matter, or into none. Throws `matter.notFound`, and `matter.held` if theirs is. */
  async move(recordingIds: readonly string[], matterId: string | null): Promise<void> {
    if (matterId !== null && (await this.#database.matters.get(matterId)) === null) {
      throw new AppError('matter.notFound', {});
    }
    const all = await this.#database.recordings.list({ ids: recordingIds });
    const leaving = all.filter((recording) => recording.matterId !== matterId);
    await refuseHeld(
      this.#database,
      leaving.map(({ id }) => id),
    );
    for (const recordingId of recordingIds) {
      const before = await this.#database.recordings.get(recordingId);
      // The words that its pseudonyms hide stay hidden, whatever matter it is in.
      const [from, to] = [pseudonymScope(before), pseudonymScope({ id: recordingId, matterId })];
      if (before.matterId !== matterId)
        await this.#database.pseudonyms.carry({ recordingId, from, to, atMs: Date.now() });
      await this.#database.recordings.moveToMatter({ recordingId, matterId });
    }
    // An old recording that comes in may be due at once: it is not to vanish without a question.
    if (matterId !== null && leaving.length > 0) {
      await this.#database.retentions.setConfirmed({ matterId, confirmed: false });
    }
    this.#changed(recordingIds);
  }

  /** Makes one recording of several, in this order. Throws what joining throws. */
  async join(recordingIds: readonly string[], name: string): Promise<JoinOutcome> {
    const ids = [...new Set(recordingIds)];
    if (ids.length < 2) throw new AppError('usage.invalid', { problem: 'library.join' });
    const outcome = await this.#services.joining.join(ids, name);
    this.#changed([...ids, outcome.recordingId]);
    return outcome;
  }

  /** Moves recordings to the bin; their jobs are paused. Throws `recording.busy` while one is being recorded. */
  async bin(recordingIds: readonly string[]): Promise<void> {
    await refuseRecorded(this.#database, recordingIds);
    for (const recordingId of recordingIds) {
      for (const jobId of await this.#pendingJobs(recordingId)) await this.#services.queue.pause(jobId);
      await this.#database.recordings.setBinned({ recordingId, binnedAtMs: Date.now() });
    }
    this.#changed(recordingIds);
  }

  /** Restores recordings from the bin. */
  async restore(recordingIds: readonly string[]): Promise<void> {
    for (const recordingId of recordingIds) {
      await this.#database.recordings.setBinned({ recordingId, binnedAtMs: null });
    }
    this.#changed(recordingIds);
  }

  /** Erases what has been in the bin for `BIN_DAYS`; nothing of a held matter, and nothing while the clock is doubted. */
  async emptyBin(nowMs: number): Promise<void> {
    const old = await this.#binnedLongAgo(nowMs);
    if (old.length === 0 || (await this.#database.audit.clockDoubt(nowMs)) !== null) return;
    for (const { id } of old) {
      if ((await this.#database.retentions.heldMatterOf([id])) === null) await this.#eraseWithWork(id);
    }
  }

  /** Whether something has been in the bin for so long that `emptyBin` would erase it. */
  async isBinDue(nowMs: number): Promise<boolean> {
    return (await this.#binnedLongAgo(nowMs)).length > 0;
  }

  #binnedLongAgo(nowMs: number): Promise<Recording[]> {
    return this.#database.recordings.binnedBefore(nowMs - BIN_DAYS * DAY_MS);
  }

  /**
   * Erases recordings for good; cancels their jobs. Throws `usage.notConfirmed` unless the user typed their number,
   * `recording.busy` while one is being recorded, and `matter.held`.
   */
  async eraseConfirmed(recordingIds: readonly string[], typedCount: number): Promise<void> {
    const ids = new Set(recordingIds);
    if (ids.size !== typedCount) throw new AppError('usage.notConfirmed', {});
    await refuseRecorded(this.#database, [...ids]);
    await refuseHeld(this.#database, [...ids]);
    for (const recordingId of ids) await this.#eraseWithWork(recordingId);
  }

  /** Erases a recording whose time is over; cancels its jobs. Throws `recording.busy` and `matter.held`. */
  async eraseDue(recordingId: string): Promise<void> {
    await refuseRecorded(this.#database, [recordingId]);
    await refuseHeld(this.#database, [recordingId]);
    await this.#eraseWithWork(recordingId);
  }

  /**
   * Erases a recording with everything derived from it; an import of it is stopped first.
   * Throws `recording.notFound`, `matter.held`, and `recording.busy` while a job of it runs or it is being recorded.
   */
  async erase(recordingId: string): Promise<void> {
    await refuseRecorded(this.#database, [recordingId]);
    await refuseHeld(this.#database, [recordingId]);
    const running = await this.#database.jobs.list({ recordingId, state: 'running' });
    // While a job runs the database refuses, and then nothing may have been stopped.
    if (running.length === 0) await this.imports.stop(recordingId);
    await this.#eraseIdle(recordingId);
  }

  /** Erases a recording that holds no sound, with its jobs, without a question. Throws `recording.notFound`. */
  async discard(recordingId: string): Promise<void> {
    await this.#eraseWithWork(recordingId);
  }

  async #eraseWithWork(recordingId: string): Promise<void> {
    for (const jobId of await this.#pendingJobs(recordingId)) await this.#services.queue.cancel(jobId);
    await this.imports.stop(recordingId);
    await this.#eraseIdle(recordingId);
  }

  async #eraseIdle(recordingId: string): Promise<void> {
    const { vault } = this.#services;
    await vault.objects.remove(await this.#database.recordings.erase({ recordingId, atMs: Date.now() }));
    this.#observer.onErased?.(recordingId);
  }

  async #pendingJobs(recordingId: string): Promise<string[]> {
    const jobs = await this.#database.jobs.list({ recordingId });
    return jobs.filter(({ state }) => isPending(state)).map(({ id }) => id);
  }

  #changed(recordingIds: readonly string[]): void {
    this.#observer.onChange?.(recordingIds);
  }
}
