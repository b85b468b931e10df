import { constants, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import {
  CAPTURE_FRAME_MS,
  type CaptureCommand,
  type CaptureFrame,
  type CaptureInput,
  type CaptureMessage,
} from '../../contract/capture.ts';
import { type RawSound, SoundStream } from '../../core/capture/sound-stream.ts';
import { fileError } from '../../core/system-errors.ts';
import type { CaptureDevices } from './capture-devices.ts';

export type { RawSound, SampleEncoding } from '../../core/capture/sound-stream.ts';

/** What the channels of the sound are captured as. */
const INPUTS: readonly CaptureInput[] = ['microphone', 'system'];

/** Frames of an input that are sent at once at most, before it waits: a second. */
const BATCH_FRAMES = 1000 / CAPTURE_FRAME_MS;

/**
 * Opens the sound of a file, or of a stream that is named so. Throws `capture.noSound`, `capture.notWave`,
 * `capture.soundUnsupported`, and file errors.
 */
export async function openSound(
  from: string | AsyncIterable<Uint8Array>,
  name: string,
  raw: RawSound | null,
): Promise<SoundStream> {
  return await SoundStream.open(typeof from === 'string' ? await streamOf(from) : from, name, raw);
}

/** A file's bytes. A named pipe is read like one without a name: a read of it as a file could not be given up. */
async function streamOf(file: string): Promise<Readable> {
  try {
    const handle = await open(file);
    if (!(await handle.stat()).isFIFO()) return handle.createReadStream();
    const pipe = new Socket({
      fd: openSync(file, constants.O_RDONLY | constants.O_NONBLOCK),
      readable: true,
    });
    await handle.close();
    return pipe;
  } catch (error) {
    throw fileError(error, file);
  }
}

/**
 * A stream of sound as the devices of one session: its first channel is the microphone, the second one the computer's
 * sound. Its time is that of its samples. It delivers as fast as `pace` allows, from when as many inputs are open as it has
 * channels.
 */
export class StreamDevices implements CaptureDevices {
  readonly #sound: SoundStream;
  readonly #pace: (captureId: string) => Promise<unknown>;
  readonly #listeners = new Set<(message: CaptureMessage) => void>();
  readonly #inputs: Input[] = [];
  readonly #ended = Promise.withResolvers<void>();
  readonly #startedAtMs = Date.now();
  /** Interleaved samples of a frame that is not full. */
  #rest: Int16Array = new Int16Array(0);
  #frames = 0;
  #isSilent = true;
  #isClosed = false;

  /** @param pace called after each second of sound: the next one is delivered when it resolves. */
  constructor(sound: SoundStream, pace: (captureId: string) => Promise<unknown>) {
    this.#sound = sound;
    this.#pace = pace;
    // Whoever waits for it is told; who does not must not be ended by it.
    this.#ended.promise.catch(() => undefined);
  }

  /** Resolves when all of the sound is delivered, or when its inputs are closed. Rejects with what reading it throws. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Whether every sample so far was 0. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  hold(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  listen(listener: (message: CaptureMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  nowMs(): number {
    return this.#startedAtMs + (this.#startOf(this.#frames) * 1000) / this.#sound.sampleRate;
  }

  send(command: CaptureCommand): void {
    // As a page in another process answers: later.
    setImmediate(() => this.#obey(command));
  }

  #obey(command: CaptureCommand): void {
    const label = this.#sound.name;
    if (command.type === 'listDevices') {
      this.#tell({ type: 'devices', devices: [{ deviceId: label, label, isDefault: true }] });
      return;
    }
    const { captureId, input } = command;
    if (command.type === 'close') {
      this.#close(captureId, input);
      return;
    }
    const isNext = INPUTS[this.#inputs.length] === input && this.#inputs.length < this.#sound.channels;
    if (!isNext || this.#isClosed) {
      this.#tell({ type: 'lost', captureId, input, reason: 'notFound' });
      return;
    }
    this.#inputs.push({ captureId, input, frames: 0, crc32: 0 });
    const { sampleRate } = this.#sound;
    this.#tell({ type: 'opened', captureId, input, deviceId: label, label, sampleRate });
    if (this.#inputs.length === this.#sound.channels)
      this.#deliver(captureId).then(this.#ended.resolve, this.#ended.reject);
  }

  #close(captureId: string, input: CaptureInput): void {
    this.#flush();
    this.#isClosed = true;
    this.#sound.close();
    const { frames, crc32 } = this.#inputs.find((one) => one.input === input) ?? { frames: 0, crc32: 0 };
    this.#tell({ type: 'closed', captureId, input, frames, crc32 });
    this.#ended.resolve();
  }

  async #deliver(captureId: string): Promise<void> {
    const { channels } = this.#sound;
    for await (const samples of this.#sound.samples()) {
      if (this.#isClosed) return;
      this.#isSilent &&= samples.every((sample) => sample === 0);
      this.#rest = joined(this.#rest, samples);
      const batch: CaptureFrame[] = [];
      for (
        let size = this.#nextLength * channels;
        this.#rest.length >= size;
        size = this.#nextLength * channels
      ) {
        batch.push(...this.#frame(this.#rest.subarray(0, size)));
        this.#rest = this.#rest.subarray(size);
        if (this.#frames % BATCH_FRAMES !== 0) continue;
        this.#tell({ type: 'frames', frames: batch.splice(0) });
        await this.#pace(captureId);
        // What is delivered has its turn before more comes.
        await nextTurn();
        if (this.#isClosed) return;
      }
      if (batch.length > 0) this.#tell({ type: 'frames', frames: batch });
    }
    this.#flush();
  }

  /** Sends what is left of the sound, which fills no frame. */
  #flush(): void {
    const rest = this.#rest;
    if (rest.length === 0 || this.#isClosed) return;
    this.#rest = new Int16Array(0);
    const frames = this.#frame(rest.subarray(0, this.#nextLength * this.#sound.channels));
    this.#tell({ type: 'frames', frames });
  }

  /** Samples of the next frame: where a frame is no whole number of samples, some are longer by one. */
  get #nextLength(): number {
    return this.#startOf(this.#frames + 1) - this.#startOf(this.#frames);
  }

  #startOf(frame: number): number {
    return Math.round((frame * this.#sound.sampleRate * CAPTURE_FRAME_MS) / 1000);
  }

  /** The next frame of every input. */
  #frame(interleaved: Int16Array): CaptureFrame[] {
    const { channels, sampleRate } = this.#sound;
    const sequence = this.#frames;
    const atMs = this.#startedAtMs + (this.#startOf(sequence) * 1000) / sampleRate;
    this.#frames += 1;
    return this.#inputs.map((to, channel) => {
      const samples = Int16Array.from(
        { length: interleaved.length / channels },
        (_, at) => interleaved[at * channels + channel] ?? 0,
      );
      to.frames += 1;
      to.crc32 = crc32(new Uint8Array(samples.buffer), to.crc32);
      return { captureId: to.captureId, input: to.input, sequence, atMs, sampleRate, samples };
    });
  }

  #tell(message: CaptureMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}

interface Input {
  readonly captureId: string;
  readonly input: CaptureInput;
  frames: number;
  crc32: number;
}

function joined(one: Int16Array, other: Int16Array): Int16Array {
  if (one.length === 0) return other;
  const both = new Int16Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
