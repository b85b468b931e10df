import { basename } from 'node:path';
import { Mutex } from 'async-mutex';
import { v7 as newId } from 'uuid';
import { AppError, failureOf } from '../../../contract/errors.ts';
import type { SpeakerChoice } from '../../../contract/job.ts';
import type { MediaFacts } from '../../../contract/recording.ts';
import { CaptureSource } from '../../capture/capture-source.ts';
import type { Recording } from '../../database/recordings/recordings.db.ts';
import { reached } from '../../fault-points.ts';
import { requireSpace } from '../../free-space.ts';
import { probe } from '../../media/probe.ts';
import { isSameSource, isUnchanged, openSource, type Source } from '../../media/source.ts';
import { asAppError } from '../../system-errors.ts';
import { channelsOf, chooseTrack } from './audio-tracks.ts';
import { ImportFeed } from './import-feed.ts';
import { importRecording } from './import-recording.ts';
import type { ImportServices } from './import-task.ts';
import { vaultBytes } from './vault-bytes.ts';

/** What the user can decide about an import. */
export interface ImportOptions {
  readonly matterId: string | null;
  /** The audio stream to import of several, or all mixed; null if the source has only one. */
  readonly track: number | 'mix' | null;
  readonly speakers: SpeakerChoice;
}

interface Import {
  readonly feed: ImportFeed;
  /** Size of the recording in the vault once it is complete. */
  readonly totalBytes: number;
  readonly stop: AbortController;
  /** It reads from outside the vault. */
  readonly needsSource: boolean;
  /** Settles when the import has ended, whatever its outcome. */
  readonly ended: Promise<void>;
}

/** The imports of a vault: read one after the other, in the order added, each feeding its transcription. */
export class Imports {
  readonly #services: ImportServices;
  readonly #mutex = new Mutex();
  readonly #current = new Map<string, Import>();
  /** Recordings that were added since the vault was opened: the same source may be added more than once. */
  readonly #addedHere = new Set<string>();
  /** The feeds that are being looked for, by their recordings' ids. */
  readonly #finding = new Map<string, Promise<ImportFeed>>();
  /** The captures that go on, by their recordings' ids. */
  readonly #growing = new Map<string, CaptureSource>();

  constructor(services: ImportServices) {
    this.#services = services;
  }

  /**
   * Adds a recording and starts reading its source; returns the recording's id at once.
   * Throws, with nothing added: file and media errors, `disk.full`.
   */
  async add(path: string, options: ImportOptions): Promise<string> {
    const { database, vault, ffmpeg } = this.#services;
    const source = await openSource(path);
    try {
      // Before anything of it is read: to scan a file for its chunks takes seconds for every gigabyte.
      await requireSpace(vault.folder, source.sizeBytes + this.#unwrittenBytes());
      const facts = await probe(source, ffmpeg);
      const track = chooseTrack(source.name, facts, options.track);
      await requireSpace(vault.folder, bytesOf(source, facts, track) + this.#unwrittenBytes());
      const trackIndex = track === 'mix' ? null : track;
      const begun = await this.#abandoned(source, trackIndex);
      if (begun !== null) {
        await source.close();
        // It may be read again already, since the vault was opened.
        await this.feedOf(begun.id, options.speakers);
        this.#addedHere.add(begun.id);
        return begun.id;
      }
      const recordingId = newId();
      this.#addedHere.add(recordingId);
      await database.recordings.add({
        id: recordingId,
        matterId: options.matterId,
        name: basename(path),
        sourcePath: source.path,
        sourceSizeBytes: source.sizeBytes,
        sourceModifiedMs: source.modifiedMs,
        facts,
        trackIndex,
        createdAtMs: Date.now(),
      });
      reached('import.recordingAdded');
      this.#start(recordingId, source, facts, track, options.speakers);
      return recordingId;
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  /** Reads a capture while it goes on, beside the other imports, and to its end. If that fails, it is read again then. */
  follow(source: CaptureSource): ImportFeed {
    const { recordingId, facts, speakers } = source;
    this.#growing.set(recordingId, source);
    void source.ended.then(() => this.#growing.delete(recordingId));
    return this.#start(recordingId, source, facts, 0, speakers);
  }

  /**
   * The feed of a recording's import, running or long finished; an interrupted one starts again from its source.
   * Throws `file.…` if the source is gone or another and nothing of it had been imported. A capture is read again from its
   * sealed parts, and followed if it goes on.
   */
  async feedOf(recordingId: string, speakers: SpeakerChoice): Promise<ImportFeed> {
    const running = this.#current.get(recordingId);
    if (running !== undefined) return running.feed;
    // Two who ask at once, as a job and the user's wish to keep a capture do, must not begin two imports.
    const finding = this.#finding.get(recordingId) ?? this.#findFeed(recordingId, speakers);
    this.#finding.set(recordingId, finding);
    return await finding.finally(() => this.#finding.delete(recordingId));
  }

  async #findFeed(recordingId: string, speakers: SpeakerChoice): Promise<ImportFeed> {
    const { database } = this.#services;
    const recording = await database.recordings.get(recordingId);
    if (recording.state === 'importing') return await this.#restart(recording, speakers);
    const { layout, channels, durationMs } = recording;
    if (layout === null || channels === null || durationMs === null) {
      throw new Error('A finished import has a layout and a length');
    }
    const { parts } = await database.parts.count({ recordingId, channel: 0 });
    return ImportFeed.complete({ layout, channels }, parts, durationMs);
  }

  /** Waits until a recording has been read to its end. Throws the import's error. */
  async settled(recordingId: string, speakers: SpeakerChoice): Promise<void> {
    const feed = await this.feedOf(recordingId, speakers);
    await feed.completion(new AbortController().signal);
  }

  /**
   * Reads a source again whose import was interrupted or failed; does nothing if it is read already. Why it cannot be
   * read is reported by an event.
   */
  async resume(recordingId: string): Promise<void> {
    try {
      await this.feedOf(recordingId, 'auto');
    } catch (error) {
      this.#tellFailure(recordingId, error);
    }
  }

  /** Whether any source outside the vault is being read or queued. */
  get isReading(): boolean {
    return [...this.#current.values()].some(({ needsSource }) => needsSource);
  }

  /** Whether the source of this recording is being read or queued. */
  isReadingOf(recordingId: string): boolean {
    return this.#current.has(recordingId);
  }

  /** Stops reading a recording. What is committed stays; the import starts again when it is next requested. */
  async stop(recordingId: string): Promise<void> {
    const running = this.#current.get(recordingId);
    running?.stop.abort(new AppError('job.interrupted', {}));
    await running?.ended;
  }

  /** Stops all imports. */
  async close(): Promise<void> {
    await Promise.all([...this.#current.keys()].map((recordingId) => this.stop(recordingId)));
  }

  async #restart(recording: Recording, speakers: SpeakerChoice): Promise<ImportFeed> {
    const { id } = recording;
    const captured = this.#growing.get(id) ?? (await CaptureSource.ofEnded(this.#services, id));
    if (captured !== null) return await this.#readAgain(recording, captured, captured.speakers);
    let source: Source;
    try {
      source = await openSource(recording.sourcePath);
    } catch (error) {
      return await this.#keepWhatArrived(recording, error);
    }
    if (!isUnchanged(recording, source)) {
      await source.close();
      return await this.#keepWhatArrived(recording, new AppError('file.changed', { file: recording.name }));
    }
    return await this.#readAgain(recording, source, speakers);
  }

  /** Deletes what an interrupted import has stored and reads the source from its beginning. */
  async #readAgain(recording: Recording, source: Source, speakers: SpeakerChoice): Promise<ImportFeed> {
    const { id, facts, trackIndex } = recording;
    const { database, vault } = this.#services;
    await vault.objects.remove(await database.recordings.restartImport(id));
    return this.#start(id, source, facts, trackIndex ?? 'mix', speakers);
  }

  /** The recording of this same source whose import was interrupted before it had any job, or null. */
  async #abandoned(source: Source, trackIndex: number | null): Promise<Recording | null> {
    const { recordings, jobs } = this.#services.database;
    for (const recording of await recordings.list({ state: 'importing' })) {
      const isAnother = this.#current.has(recording.id) && this.#addedHere.has(recording.id);
      if (isAnother || recording.trackIndex !== trackIndex) continue;
      if (!isSameSource(recording, source)) continue;
      if ((await jobs.list({ recordingId: recording.id })).length === 0) return recording;
    }
    return null;
  }

  /** Bytes that the running and queued imports will still write. */
  #unwrittenBytes(): number {
    let bytes = 0;
    for (const { totalBytes, feed } of this.#current.values()) {
      bytes += Math.max(0, totalBytes - feed.sealedBytes);
    }
    return bytes;
  }

  /** The source is gone or another: the parts already imported become an incomplete recording, if there are any. */
  async #keepWhatArrived(recording: Recording, error: unknown): Promise<ImportFeed> {
    const { database, emit } = this.#services;
    const { id: recordingId, layout, channels } = recording;
    if (layout === null || channels === null) throw error;
    // The process may have been killed between two channels of a part: only what all of them have counts.
    const counts = await Promise.all(
      Array.from({ length: channels }, (_, channel) => database.parts.count({ recordingId, channel })),
    );
    const parts = Math.min(...counts.map((count) => count.parts));
    const durationMs = Math.min(...counts.map((count) => count.durationMs));
    if (parts === 0) throw error;
    const end = { recordingId, layout, channels, durationMs };
    await database.recordings.finishImport({
      ...end,
      state: 'incomplete',
      sourceSha256: null,
      original: null,
      atMs: Date.now(),
    });
    emit({ type: 'recordingReady', ...end, sha256: null, incomplete: true });
    return ImportFeed.complete({ layout, channels }, parts, durationMs);
  }

  #tellFailure(recordingId: string, error: unknown): void {
    this.#services.emit({ type: 'importFailed', recordingId, failure: failureOf(asAppError(error)) });
  }

  #start(
    recordingId: string,
    source: Source,
    facts: MediaFacts,
    track: number | 'mix',
    speakers: SpeakerChoice,
  ): ImportFeed {
    const feed = new ImportFeed();
    const stop = new AbortController();
    const task = { recordingId, source, facts, track, speakers, signal: stop.signal };
    const read = async () => {
      let failed: { readonly error: unknown } | null = null;
      try {
        const read = () => importRecording(this.#services, task, feed);
        // One after the other; a capture that goes on for hours holds up none of them.
        if (source.isGrowing === true) await read();
        else {
          await this.#mutex.runExclusive(async () => {
            stop.signal.throwIfAborted();
            await read();
          });
        }
      } catch (error) {
        feed.failed(error);
        if (!stop.signal.aborted) failed = { error };
      } finally {
        this.#current.delete(recordingId);
        await source.close();
      }
      // A job reports it too; a recording that waits for a model has none yet.
      if (failed === null) return;
      const capture = this.#growing.get(recordingId);
      if (capture === undefined) this.#tellFailure(recordingId, failed.error);
      else void capture.ended.then(() => this.resume(recordingId));
    };
    const needsSource = facts.isCaptured !== true;
    const totalBytes = needsSource ? bytesOf(source, facts, track) : 0;
    this.#current.set(recordingId, { feed, stop, totalBytes, needsSource, ended: read() });
    return feed;
  }
}

function bytesOf({ sizeBytes }: Source, facts: MediaFacts, track: number | 'mix'): number {
  const { claimedDurationMs: durationMs } = facts;
  return vaultBytes({ sizeBytes, durationMs, channels: channelsOf(facts, track) });
}
