import { crc32 } from 'node:zlib';
import {
  CAPTURE_FRAME_MS,
  type CaptureCommand,
  type CaptureFrame,
  type CaptureInput,
  type CaptureMessage,
  type InputDevice,
  type InputLoss,
} from '../../contract/capture.ts';
import type { CaptureDevices } from '../capture/capture-devices.ts';

/** A device as a test offers it. */
export interface FedDevice {
  readonly deviceId: string;
  readonly label: string;
  /** In hertz. */
  readonly sampleRate: number;
}

interface OpenFeed {
  readonly captureId: string;
  readonly input: CaptureInput;
  readonly device: FedDevice;
  readonly sampleRate: number;
  sequence: number;
  frames: number;
  crc32: number;
}

/** A holder of devices whose sound is that of a test, and which follows the same rules as the capture page. */
export class FedDevices implements CaptureDevices {
  readonly commands: CaptureCommand[] = [];
  readonly closed: Extract<CaptureMessage, { type: 'closed' }>[] = [];
  /** The first is the default. */
  microphones: FedDevice[] = [{ deviceId: 'a', label: 'Desk microphone', sampleRate: 48_000 }];
  system: FedDevice | null = { deviceId: 's', label: 'Computer', sampleRate: 48_000 };
  /** Refuses every input for this reason. */
  refuses: InputLoss | null = null;
  /** Opens nothing until it is set to false and `answer` is called: the user is being asked. */
  isAsking = false;
  holders = 0;
  /** Time of the next frame of all inputs: devices count in fractions of a millisecond. */
  atMs = Date.now() + 0.25;
  readonly #listeners = new Set<(message: CaptureMessage) => void>();
  readonly #open = new Map<string, OpenFeed>();
  readonly #asked: Extract<CaptureCommand, { type: 'open' }>[] = [];

  get listeners(): number {
    return this.#listeners.size;
  }

  /** The inputs with a live track. */
  get openInputs(): { captureId: string; input: CaptureInput; deviceId: string }[] {
    return [...this.#open.values()].map(({ captureId, input, device }) => ({
      captureId,
      input,
      deviceId: device.deviceId,
    }));
  }

  send(command: CaptureCommand): void {
    this.commands.push(command);
    // As over IPC, nothing is answered before the sender goes on.
    setImmediate(() => this.#obey(command));
  }

  listen(listener: (message: CaptureMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  nowMs(): number {
    return this.atMs;
  }

  async hold(): Promise<() => void> {
    this.holders += 1;
    return () => {
      this.holders -= 1;
    };
  }

  tell(message: CaptureMessage): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  /** The user has answered. */
  answer(): void {
    this.isAsking = false;
    for (const command of this.#asked.splice(0)) this.#obey(command);
  }

  /**
   * Delivers the next samples of an input of a session, cut into frames of 20 ms, at the device's rate; those of a second
   * input must cover the same time. `advance`: the time goes on by their length.
   */
  deliver(
    input: CaptureInput,
    samples: Int16Array,
    { captureId, advance = true }: { captureId?: string; advance?: boolean } = {},
  ): void {
    const feed = [...this.#open.values()].find(
      (open) => open.input === input && (captureId === undefined || open.captureId === captureId),
    );
    const rate = feed?.sampleRate ?? 48_000;
    const length = (rate * CAPTURE_FRAME_MS) / 1000;
    let atMs = this.atMs;
    for (let start = 0; start < samples.length; start += length) {
      const piece = samples.slice(start, start + length);
      const startMs = atMs;
      atMs += (piece.length / rate) * 1000;
      if (advance) this.atMs = atMs;
      if (feed !== undefined) this.tell({ type: 'frames', frames: [this.#cut(feed, piece, startMs)] });
    }
  }

  /** Frames that were cut but never arrive. */
  drop(input: CaptureInput, frames: number): void {
    for (const feed of this.#open.values()) if (feed.input === input) feed.sequence += frames;
    this.atMs += frames * CAPTURE_FRAME_MS;
  }

  /** The device of an input is unplugged. */
  unplug(deviceId: string): void {
    this.microphones = this.microphones.filter((device) => device.deviceId !== deviceId);
    for (const feed of [...this.#open.values()])
      if (feed.device.deviceId === deviceId) this.lose(feed, 'ended');
    this.#tellDevices();
  }

  plugIn(device: FedDevice, isDefault = false): void {
    this.microphones = isDefault ? [device, ...this.microphones] : [...this.microphones, device];
    this.#tellDevices();
  }

  /** The page crashes, and another takes its place. */
  crash(): void {
    for (const { captureId, input } of this.#open.values()) {
      this.tell({ type: 'lost', captureId, input, reason: 'failed' });
    }
    this.#open.clear();
    this.tell({ type: 'ready' });
  }

  lose({ captureId, input }: { captureId: string; input: CaptureInput }, reason: InputLoss): void {
    this.tell({ type: 'lost', captureId, input, reason });
    this.#close(keyOf({ captureId, input }));
  }

  #obey(command: CaptureCommand): void {
    if (command.type === 'listDevices') {
      this.#tellDevices();
      return;
    }
    const key = keyOf(command);
    if (command.type === 'close') {
      this.#asked.splice(0, this.#asked.length, ...this.#asked.filter((asked) => keyOf(asked) !== key));
      this.#close(key, command);
      return;
    }
    if (this.isAsking) {
      this.#asked.push(command);
      return;
    }
    if (this.#open.has(key)) this.#close(key);
    const { captureId, input, deviceId, sampleRate, sequence } = command;
    const offered = input === 'system' ? (this.system === null ? [] : [this.system]) : this.microphones;
    const device = deviceId === null ? offered[0] : offered.find((one) => one.deviceId === deviceId);
    const reason = this.refuses ?? (device === undefined ? 'notFound' : null);
    if (reason !== null || device === undefined) {
      this.tell({ type: 'lost', captureId, input, reason: reason ?? 'notFound' });
      this.#close(key, command);
      return;
    }
    const feed = {
      ...{ captureId, input, device, sequence, frames: 0, crc32: 0 },
      sampleRate: sampleRate ?? device.sampleRate,
    };
    this.#open.set(key, feed);
    this.tell({ type: 'opened', captureId, input, ...device, sampleRate: feed.sampleRate });
  }

  #close(key: string, asked?: { captureId: string; input: CaptureInput }): void {
    const feed = this.#open.get(key);
    this.#open.delete(key);
    const { captureId, input } = feed ?? asked ?? { captureId: '', input: 'microphone' as const };
    const message = {
      type: 'closed',
      captureId,
      input,
      frames: feed?.frames ?? 0,
      crc32: feed?.crc32 ?? 0,
    } as const;
    if (feed !== undefined) this.closed.push(message);
    this.tell(message);
  }

  #cut(feed: OpenFeed, samples: Int16Array, atMs: number): CaptureFrame {
    const { captureId, input, sampleRate, sequence } = feed;
    feed.sequence += 1;
    feed.frames += 1;
    feed.crc32 = crc32(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), feed.crc32);
    return { captureId, input, sequence, atMs, sampleRate, samples };
  }

  #tellDevices(): void {
    const devices: InputDevice[] = this.microphones.map(({ deviceId, label }, index) => ({
      ...{ deviceId, label },
      isDefault: index === 0,
    }));
    this.tell({ type: 'devices', devices });
  }
}

function keyOf({ captureId, input }: { captureId: string; input: CaptureInput }): string {
  return `${captureId} ${input}`;
}
