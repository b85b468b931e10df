import type {
  CaptureFrame,
  CaptureInput,
  CaptureMessage,
  CaptureOptions,
  CaptureWarning,
  InputDevice,
  InputLoss,
} from '../../contract/capture.ts';
import { AppError } from '../../contract/errors.ts';
import type { CaptureGap } from '../../core/database/captures/captures.db.ts';
import type { CaptureDevices } from './capture-devices.ts';
import { CaptureTrack } from './capture-track.ts';

/** How long the computer's sound may take to open; without it the microphone begins alone. */
const SYSTEM_OPEN_MS = 5000;

/** A lost input is tried again after this time, and whenever the devices change. */
const RETRY_MS = 2000;

/** How long it is told that another device has taken over. */
const CHANGED_MS = 20_000;

/** What of the inputs can be warned of. */
export type InputWarning = Extract<CaptureWarning, 'microphoneLost' | 'deviceChanged' | 'systemAudioAbsent'>;

/** Dependencies of the inputs of a session. */
export interface CaptureInputsParts {
  readonly devices: CaptureDevices;
  readonly captureId: string;
  readonly options: Pick<CaptureOptions, 'deviceId' | 'systemAudio' | 'processing'>;
  readonly onFrame: (frame: CaptureFrame) => void;
  /** All frames that came together have been handed over. */
  readonly onFrames: () => void;
  /** An input delivers nothing until further notice. */
  readonly onLost: (input: CaptureInput, reason: CaptureGap['reason']) => void;
  /** Another device, or the same again, delivers. */
  readonly onReconnected: (input: CaptureInput) => void;
  /** Devices or warnings have changed. */
  readonly onChange: () => void;
}

/**
 * The inputs of a session: opens them, and keeps each of them delivering, with the next device where one is lost, until they
 * are closed.
 */
export class CaptureInputs {
  readonly warnings = new Set<InputWarning>();
  readonly #parts: CaptureInputsParts;
  readonly #tracks = new Map<CaptureInput, CaptureTrack>();
  readonly #reconnecting = new Map<CaptureInput, symbol>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #stopListening: () => void;
  #devicesChanged = Promise.withResolvers<void>();
  #defaultDeviceId: string | null = null;
  /** Whether the microphone is the system's default, and changes with it. */
  #followsDefault: boolean;
  #isClosed = false;

  constructor(parts: CaptureInputsParts) {
    this.#parts = parts;
    this.#followsDefault = parts.options.deviceId === null;
    this.#stopListening = parts.devices.listen((message) => this.#take(message));
  }

  /**
   * Opens the microphone and then the computer's sound if that is wanted; returns what is open, with the microphone's rate
   * in hertz. Throws `capture.denied`, `capture.noDevice`, `capture.deviceFailed`, and `usage.interrupted` if they are
   * closed meanwhile.
   */
  async open(): Promise<{ inputs: CaptureInput[]; sampleRate: number }> {
    const { deviceId, systemAudio } = this.#parts.options;
    const microphone = this.#addTrack('microphone');
    const outcome = await microphone.open(deviceId, null);
    if (this.#isClosed || outcome === 'closed') throw new AppError('usage.interrupted', {});
    if (outcome !== 'opened') throw errorOfLoss(outcome);
    this.#parts.devices.send({ type: 'listDevices' });
    if (systemAudio && !(await this.#openSystem())) this.warnings.add('systemAudioAbsent');
    if (this.#isClosed) throw new AppError('usage.interrupted', {});
    const sampleRate = microphone.device?.sampleRate ?? 0;
    return { inputs: [...this.#tracks.keys()], sampleRate };
  }

  /** The label of the device that delivers an input; null if none does. */
  labelOf(input: CaptureInput): string | null {
    const track = this.#tracks.get(input);
    return track?.isOpen === true ? (track.device?.label ?? null) : null;
  }

  /** Goes on with this microphone; null is the system's default. */
  switchMicrophone(deviceId: string | null): void {
    this.#followsDefault = deviceId === null;
    void this.#reconnect('microphone', deviceId, 'deviceChanged');
  }

  /** Closes all inputs; resolves once all of their frames are here and no live track is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#devicesChanged.resolve();
    this.#reconnecting.clear();
    await Promise.all([...this.#tracks.values()].map((track) => track.close()));
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stopListening();
  }

  #addTrack(input: CaptureInput): CaptureTrack {
    const { devices, captureId, options } = this.#parts;
    const track = new CaptureTrack({
      ...{ devices, captureId, input, processing: options.processing },
      onLost: (reason) => this.#lost(input, reason),
      onUnmuted: () => this.#parts.onChange(),
    });
    this.#tracks.set(input, track);
    return track;
  }

  /** Whether the computer's sound is there: a session without it from its beginning has one channel. */
  async #openSystem(): Promise<boolean> {
    const track = this.#addTrack('system');
    const timeout = Promise.withResolvers<'closed'>();
    const timer = setTimeout(() => timeout.resolve('closed'), SYSTEM_OPEN_MS);
    const outcome = await Promise.race([track.open(null, null), timeout.promise]);
    clearTimeout(timer);
    if (outcome === 'opened') return true;
    this.#tracks.delete('system');
    await track.close();
    return false;
  }

  #take(message: CaptureMessage): void {
    switch (message.type) {
      case 'frames':
        this.#takeFrames(message.frames);
        break;
      case 'opened':
      case 'lost':
      case 'closed':
        if (message.captureId === this.#parts.captureId) this.#tracks.get(message.input)?.take(message);
        this.#parts.onChange();
        break;
      case 'devices':
        this.#takeDevices(message.devices);
        break;
      case 'ready':
        for (const track of this.#tracks.values()) track.forget();
        break;
    }
  }

  #takeFrames(frames: readonly CaptureFrame[]): void {
    let took = false;
    for (const frame of frames) {
      const track = frame.captureId === this.#parts.captureId ? this.#tracks.get(frame.input) : undefined;
      if (track === undefined) continue;
      track.nextSequence = Math.max(track.nextSequence, frame.sequence + 1);
      this.#parts.onFrame(frame);
      took = true;
    }
    if (took) this.#parts.onFrames();
  }

  #takeDevices(devices: readonly InputDevice[]): void {
    this.#devicesChanged.resolve();
    this.#devicesChanged = Promise.withResolvers();
    const before = this.#defaultDeviceId;
    this.#defaultDeviceId = devices.find(({ isDefault }) => isDefault)?.deviceId ?? null;
    const microphone = this.#tracks.get('microphone');
    const isOther = before !== null && this.#defaultDeviceId !== null && this.#defaultDeviceId !== before;
    if (!isOther || !this.#followsDefault || microphone?.isOpen !== true || this.#isClosed) return;
    if (microphone.device?.deviceId !== this.#defaultDeviceId)
      void this.#reconnect('microphone', null, 'deviceChanged');
  }

  #lost(input: CaptureInput, reason: InputLoss): void {
    // Its zeros are told as silence.
    if (reason === 'muted' || this.#isClosed) return;
    const isChosen = input === 'microphone' && !this.#followsDefault;
    const deviceId = isChosen ? (this.#tracks.get(input)?.device?.deviceId ?? null) : null;
    void this.#reconnect(input, deviceId, reason === 'failed' ? 'pageFailed' : 'deviceLost');
  }

  /** Opens the next device, again and again until one delivers; the default where the wanted one does not. */
  async #reconnect(
    input: CaptureInput,
    deviceId: string | null,
    reason: CaptureGap['reason'],
  ): Promise<void> {
    const track = this.#tracks.get(input);
    if (track === undefined || this.#isClosed) return;
    const attempt = Symbol(input);
    this.#reconnecting.set(input, attempt);
    this.#parts.onLost(input, reason);
    const warning = input === 'microphone' ? 'microphoneLost' : 'systemAudioAbsent';
    // A switch that the user wants is told once it is done.
    if (reason !== 'deviceChanged') this.warnings.add(warning);
    this.#parts.onChange();
    const before = track.device;
    for (let wanted = deviceId; ; wanted = null) {
      const outcome = await track.open(wanted, before?.sampleRate ?? null);
      if (this.#reconnecting.get(input) !== attempt) return;
      if (outcome === 'opened') break;
      this.warnings.add(warning);
      this.#parts.onChange();
      if (wanted === null) await this.#beforeRetry();
      else this.#followsDefault = true;
      if (this.#reconnecting.get(input) !== attempt) return;
    }
    this.#reconnecting.delete(input);
    this.warnings.delete(warning);
    if (input === 'microphone' && track.device?.deviceId !== before?.deviceId) this.#tellChanged();
    this.#parts.onReconnected(input);
    this.#parts.onChange();
  }

  async #beforeRetry(): Promise<void> {
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, RETRY_MS);
    await Promise.race([waited.promise, this.#devicesChanged.promise]);
    clearTimeout(timer);
  }

  #tellChanged(): void {
    this.warnings.add('deviceChanged');
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.warnings.delete('deviceChanged');
      this.#parts.onChange();
    }, CHANGED_MS);
    this.#timers.add(timer);
  }
}

function errorOfLoss(reason: InputLoss): AppError {
  if (reason === 'denied') return new AppError('capture.denied', {});
  return reason === 'notFound'
    ? new AppError('capture.noDevice', {})
    : new AppError('capture.deviceFailed', {});
}
