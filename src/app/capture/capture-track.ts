import type { CaptureInput, CaptureMessage, InputLoss } from '../../contract/capture.ts';
import type { InputProcessing } from '../../contract/recording-choice.ts';
import type { CaptureDevices } from './capture-devices.ts';

/** How long the holder of the devices may take to hand over the rest of an input. */
const CLOSE_MS = 3000;

/** How opening an input ended. */
export type OpenOutcome = 'opened' | InputLoss | 'closed';

/** What the track of a session is. */
interface TrackParts {
  readonly devices: CaptureDevices;
  readonly captureId: string;
  readonly input: CaptureInput;
  readonly processing: InputProcessing;
  /** It delivered, and does so no longer. */
  readonly onLost: (reason: InputLoss) => void;
  /** It was muted by the system, and delivers again. */
  readonly onUnmuted: () => void;
}

/** One input of a session, over all devices that deliver it one after the other. */
export class CaptureTrack {
  readonly input: CaptureInput;
  /** The device that is open, or was last; null before the first. */
  device: { readonly deviceId: string; readonly label: string; readonly sampleRate: number } | null = null;
  /** The number that the next frame should have. */
  nextSequence = 0;
  readonly #parts: TrackParts;
  #state: 'closed' | 'opening' | 'open' | 'closing' = 'closed';
  #opening = Promise.withResolvers<OpenOutcome>();
  #closed = Promise.withResolvers<void>();
  /** Number of the last call to open or close. */
  #turn = 0;

  constructor(parts: TrackParts) {
    this.input = parts.input;
    this.#parts = parts;
  }

  /** Whether a device delivers. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /**
   * Opens a device, after closing the one that is open; null is the system's default. `sampleRate` null: the device's own.
   * Resolves with how it ended; there is no deadline, since the user may be asked for permission.
   */
  async open(deviceId: string | null, sampleRate: number | null): Promise<OpenOutcome> {
    this.#turn += 1;
    const turn = this.#turn;
    await this.#closeDevice();
    // One after the other: the answers do not tell which command they answer.
    if (turn !== this.#turn) return 'closed';
    const { devices, captureId, input, processing } = this.#parts;
    this.#opening = Promise.withResolvers();
    this.#state = 'opening';
    const sequence = this.nextSequence;
    devices.send({ type: 'open', captureId, input, deviceId, processing, sequence, sampleRate });
    return await this.#opening.promise;
  }

  /** Closes the device, and resolves once all of its frames are here and no live track is left. */
  async close(): Promise<void> {
    this.#turn += 1;
    await this.#closeDevice();
  }

  async #closeDevice(): Promise<void> {
    if (this.#state === 'closed') return;
    if (this.#state !== 'closing') {
      const { devices, captureId, input } = this.#parts;
      this.#state = 'closing';
      this.#opening.resolve('closed');
      this.#closed = Promise.withResolvers();
      devices.send({ type: 'close', captureId, input });
      const timer = setTimeout(this.#closed.resolve, CLOSE_MS);
      this.#closed.promise.finally(() => clearTimeout(timer));
    }
    await this.#closed.promise;
    if (this.#state === 'closing') this.#state = 'closed';
  }

  /** The holder of the devices has begun anew, and keeps what it was told meanwhile: what was open is lost. */
  forget(): void {
    if (this.#state === 'closing') this.#closed.resolve();
    if (this.#state === 'open') this.#lost('failed');
  }

  /** Takes the messages about this input of this session, but its frames. */
  take(message: Extract<CaptureMessage, { type: 'opened' | 'lost' | 'closed' }>): void {
    switch (message.type) {
      case 'opened':
        this.#opened(message);
        break;
      case 'lost':
        this.#lost(message.reason);
        break;
      case 'closed':
        if (this.#state === 'closing') this.#closed.resolve();
        else if (this.#state === 'open') this.#lost('ended');
        break;
    }
  }

  #opened({ deviceId, label, sampleRate }: Extract<CaptureMessage, { type: 'opened' }>): void {
    if (this.#state === 'closing' || this.#state === 'closed') return;
    const wasOpen = this.#state === 'open';
    this.device = { deviceId, label, sampleRate };
    this.#state = 'open';
    if (wasOpen) this.#parts.onUnmuted();
    else this.#opening.resolve('opened');
  }

  #lost(reason: InputLoss): void {
    if (this.#state === 'open') {
      // A muted input stays open, and delivers zeros.
      if (reason !== 'muted') this.#state = 'closed';
      this.#parts.onLost(reason);
    } else if (this.#state === 'opening' && reason !== 'muted') {
      this.#state = 'closed';
      this.#opening.resolve(reason);
    }
  }
}
