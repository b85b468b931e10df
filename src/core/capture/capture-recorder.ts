import { setTimeout as delay } from 'node:timers/promises';
import { v7 as newId } from 'uuid';
import { BYTES_PER_SAMPLE, SAMPLE_RATE } from '../../contract/audio.ts';
import type { CaptureOptions } from '../../contract/capture.ts';
import { AppError, isAppError } from '../../contract/errors.ts';
import { reached } from '../fault-points.ts';
import { freeBytes, RESERVE_BYTES, requireSpace } from '../free-space.ts';
import { DECODE_LIMITS } from '../media/decode.ts';
import { withoutTrailingSilence } from '../media/sound/trailing-silence.ts';
import { asAppError } from '../system-errors.ts';
import { CaptureSource, type CaptureStore, captureFacts } from './capture-source.ts';

/** Length of a part: what a power cut can cost. */
const PART_SECONDS = 3;

/** Most bytes that wait to be sealed, while the disk is slow or full: minutes of sound. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;

/** A part that cannot be sealed is tried again so many times after the end of the capture. */
const LAST_RETRIES = 10;

/** From this many minutes on there is plenty of room. */
const PLENTY_MINUTES = 60;

/** So much shorter than the longest recording is the longest capture: its end, resampled, is within the limit as well. */
const SPARED_MS = 1000;

/** Times of a recorder, in milliseconds. */
export interface RecorderLimits {
  /** A part that does not fill, because the capture is paused, is sealed after this time. */
  readonly unfilledMs: number;
  /** A part that cannot be sealed is tried again after this time. */
  readonly retryMs: number;
  /** The longest capture: by default the longest recording that an import takes, a day. */
  readonly longestMs: number;
}

const DEFAULT_LIMITS: RecorderLimits = {
  unfilledMs: 4000,
  retryMs: 1000,
  longestMs: DECODE_LIMITS.durationMs,
};

/** What a capture begins with. */
export interface CaptureBeginning {
  /** By default a new id. */
  readonly recordingId?: string;
  readonly name: string;
  readonly matterId: string | null;
  /** In hertz. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly startedAtMs: number;
  readonly options: CaptureOptions;
  readonly limits?: Partial<RecorderLimits>;
}

/** What a capture ended with. */
export interface CapturedSound {
  /** Sample frames that are durable. */
  readonly sampleFrames: number;
  /** Sample frames that were accepted and could not be sealed. */
  readonly lostFrames: number;
}

/** Sound that waits to be sealed. */
interface WaitingPart {
  readonly frameCount: number;
  /** Interleaved; zeros at its end are left out. */
  readonly samples: Int16Array;
}

/**
 * Seals the sound of a capture as it comes, in parts of three seconds at the device's rate. A part's object holds its samples
 * without the zeros at their end, and a silence of any length is one part, so that a long sleep takes no room. A part counts once its object
 * is sealed, renamed and synced and its row is committed: what a power cut costs is the part in progress. Memory holds
 * that part and those waiting for the disk, never more than `MOST_WAITING_BYTES`.
 */
export class CaptureRecorder {
  /** The sound as an import reads it, growing with every part. */
  readonly source: CaptureSource;
  readonly sampleRate: number;
  readonly channels: number;
  readonly #store: CaptureStore;
  readonly #partSamples: number;
  readonly #limits: RecorderLimits;
  readonly #longestSamples: number;
  readonly #failed = Promise.withResolvers<AppError>();
  readonly #listeners: ((sampleFrames: number) => void)[] = [];
  /** The oldest first. */
  readonly #waiting: WaitingPart[] = [];
  #waitingSamples = 0;
  readonly #filling: Int16Array;
  #filled = 0;
  #taken = 0;
  #parts = 0;
  #durableFrames = 0;
  #sealing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #accepts = true;
  #isEnding = false;
  /** Why a part could last not be sealed. */
  #refusal: AppError | null = null;
  #finishing: Promise<CapturedSound> | null = null;

  private constructor(store: CaptureStore, source: CaptureSource, begun: CaptureBeginning) {
    this.source = source;
    this.sampleRate = begun.sampleRate;
    this.channels = begun.channels;
    this.#store = store;
    this.#partSamples = PART_SECONDS * begun.sampleRate * begun.channels;
    this.#limits = { ...DEFAULT_LIMITS, ...begun.limits };
    const longestFrames = Math.floor(((this.#limits.longestMs - SPARED_MS) / 1000) * begun.sampleRate);
    this.#longestSamples = longestFrames * begun.channels;
    this.#filling = new Int16Array(this.#partSamples);
  }

  /**
   * Makes the recording, in state `importing`, and the capture beside it. Throws `disk.full` unless a minute fits, and
   * the database's errors; nothing is left then.
   */
  static async begin(store: CaptureStore, beginning: CaptureBeginning): Promise<CaptureRecorder> {
    const { recordingId = newId(), name, matterId, sampleRate, channels, options } = beginning;
    // Frames have fractions of milliseconds; the tables take whole ones.
    const startedAtMs = Math.round(beginning.startedAtMs);
    await requireSpace(store.vault.folder, bytesPerMinute(sampleRate, channels));
    const { speakers } = options.choice;
    const sound = { recordingId, name, startedAtMs, sampleRate, channels, speakers };
    const recording = {
      ...{ id: recordingId, matterId, name, facts: captureFacts(sound), trackIndex: 0 },
      ...{ sourcePath: '', sourceSizeBytes: 0, sourceModifiedMs: startedAtMs, createdAtMs: startedAtMs },
    };
    const capture = { startedAtMs, sampleRate, channels, options };
    await store.database.captures.begin({ recording, capture });
    reached('capture.begun');
    return new CaptureRecorder(store, new CaptureSource(store, sound), beginning);
  }

  get recordingId(): string {
    return this.source.recordingId;
  }

  /** Sample frames that are durable. */
  get framesRecorded(): number {
    return this.#durableFrames;
  }

  /** Sample frames that were accepted and are not durable yet. */
  get queueDepth(): number {
    return this.#taken / this.channels - this.#durableFrames;
  }

  /**
   * Resolves when no more sound is accepted, with the reason: `disk.full` when the reserve is reached; why parts could not
   * be sealed for longer than they can wait, usually `disk.full` or `disk.failed`; `media.tooLong` after a day;
   * `vault.sealed`. What was accepted until then is sealed by `finish`, as far as the disk takes it.
   */
  get failed(): Promise<AppError> {
    return this.#failed.promise;
  }

  /** Calls a listener after each part, with the sample frames that are durable. */
  onDurable(listener: (sampleFrames: number) => void): void {
    this.#listeners.push(listener);
  }

  /** Takes interleaved samples; copies them. Never waits and never throws; after `failed` or `finish` it takes nothing. */
  write(samples: Int16Array): void {
    let rest = samples.subarray(0, this.#admit(samples.length));
    while (rest.length > 0) {
      const piece = rest.subarray(0, this.#partSamples - this.#filled);
      this.#filling.set(piece, this.#filled);
      this.#filled += piece.length;
      this.#taken += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#filled === this.#partSamples) this.#cut();
    }
    if (this.#filled > 0) this.#timer ??= setTimeout(() => this.#cut(), this.#limits.unfilledMs);
    const isTooMuch = this.#waitingSamples * BYTES_PER_SAMPLE > MOST_WAITING_BYTES;
    if (isTooMuch) this.#fail(this.#refusal ?? new AppError('disk.failed', {}));
  }

  /** As `write`, of so many sample frames of silence, which take no memory. */
  writeSilence(frames: number): void {
    const admitted = this.#admit(frames * this.channels);
    if (admitted === 0) return;
    this.#cut();
    this.#taken += admitted;
    this.#await({ frameCount: admitted / this.channels, samples: new Int16Array(0) });
  }

  /** Resolves once no full part waits: for who feeds sound faster than it is spoken. */
  async caughtUp(): Promise<void> {
    await this.#sealing;
  }

  /**
   * Minutes of sound that the disk still holds, beside the reserve and with the working copy, rounded down; null while
   * there is plenty of room.
   */
  async minutesLeft(): Promise<number | null> {
    const waitingBytes = this.#waitingSamples * BYTES_PER_SAMPLE;
    const bytes = (await freeBytes(this.#store.vault.folder)) - RESERVE_BYTES - waitingBytes;
    const minutes = bytes / bytesPerMinute(this.sampleRate, this.channels);
    return minutes >= PLENTY_MINUTES ? null : Math.max(0, Math.floor(minutes));
  }

  /** Seals what is left and ends the source. Never throws: what the disk does not take even now is told as lost. */
  finish(): Promise<CapturedSound> {
    this.#finishing ??= this.#finish();
    return this.#finishing;
  }

  async #finish(): Promise<CapturedSound> {
    this.#accepts = false;
    this.#isEnding = true;
    this.#cut();
    await this.#sealing;
    const sampleFrames = this.#durableFrames;
    const lostFrames = this.queueDepth;
    for (const { samples } of this.#waiting.splice(0)) samples.fill(0);
    this.source.end();
    return { sampleFrames, lostFrames };
  }

  /** How many of so many samples are taken: all, unless the capture gets too long by them or takes nothing any more. */
  #admit(samples: number): number {
    if (!this.#accepts) return 0;
    const room = this.#longestSamples - this.#taken;
    if (samples > room) {
      const limitHours = this.#limits.longestMs / 3_600_000;
      this.#fail(new AppError('media.tooLong', { file: this.source.name, limitHours }));
    }
    return Math.min(samples, room);
  }

  #fail(error: AppError): void {
    this.#accepts = false;
    this.#failed.resolve(error);
  }

  /** Ends the part in progress. */
  #cut(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#filled === 0) return;
    const frameCount = this.#filled / this.channels;
    // Copied, so that what waits takes no more memory than it has sound.
    const samples = withoutTrailingSilence(this.#filling.subarray(0, this.#filled)).slice();
    this.#filling.fill(0);
    this.#filled = 0;
    this.#await({ frameCount, samples });
  }

  #await(part: WaitingPart): void {
    this.#waiting.push(part);
    this.#waitingSamples += part.samples.length;
    this.#sealing ??= this.#sealWaiting();
  }

  /** Seals the parts that wait, one after the other; one that cannot be sealed again and again. */
  async #sealWaiting(): Promise<void> {
    let refusals = 0;
    for (let part = this.#waiting[0]; part !== undefined; part = this.#waiting[0]) {
      try {
        await this.#seal(part);
        refusals = 0;
      } catch (error) {
        this.#refusal = asAppError(error);
        refusals += 1;
        const isSealed = isAppError(this.#refusal, 'vault.sealed');
        if (isSealed) this.#fail(this.#refusal);
        if (isSealed || (this.#isEnding && refusals > LAST_RETRIES)) break;
      }
      await this.#keepReserve();
      if (refusals > 0) await delay(this.#limits.retryMs);
    }
    // Not in a `finally` of its caller, which would be a turn too late for a part that is cut meanwhile.
    this.#sealing = null;
  }

  /** Makes a part durable. Throws disk errors, with nothing of it left. */
  async #seal({ frameCount, samples }: WaitingPart): Promise<void> {
    const { vault, database } = this.#store;
    const { recordingId } = this;
    const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
    const partIndex = this.#parts;
    const writer = await vault.objects.createWriter({
      recordingId,
      kind: 'original',
      version: partIndex + 1,
    });
    await writer.write(bytes);
    const object = await writer.commit();
    const part = { recordingId, partIndex, startFrame: this.#durableFrames, frameCount, object };
    try {
      reached('capture.partSealed');
      await database.captures.commitPart({ part, createdAtMs: Date.now() });
    } catch (error) {
      // It may have been committed all the same; if it was not, its file would use space until the next sweep.
      if ((await database.objects.get(object.id)) === null) {
        await vault.objects.remove([object.id]);
        throw error;
      }
    }
    reached('capture.partCommitted');
    this.#parts += 1;
    this.#durableFrames += frameCount;
    this.#waiting.shift();
    this.#waitingSamples -= samples.length;
    samples.fill(0);
    this.source.grown(this.#durableFrames);
    for (const listener of this.#listeners) listener(this.#durableFrames);
  }

  /** Ends the capture while there is still room for what waits, for the working copy and for the database. */
  async #keepReserve(): Promise<void> {
    const free = await freeBytes(this.#store.vault.folder).catch(() => null);
    if (free === null || free >= RESERVE_BYTES) return;
    this.#fail(new AppError('disk.full', { neededBytes: RESERVE_BYTES, freeBytes: free }));
  }
}

/** Bytes of a minute in the vault: its original and its working copy. */
function bytesPerMinute(sampleRate: number, channels: number): number {
  return 60 * (sampleRate + SAMPLE_RATE) * channels * BYTES_PER_SAMPLE;
}
