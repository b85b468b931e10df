import { v7 as newId } from 'uuid';
import type {
  CaptureFrame,
  CaptureMetrics,
  CaptureOptions,
  CaptureView,
  CaptureWarning,
  Marker,
} from '../../contract/capture.ts';
import {
  CAPTURE_TRANSITIONS,
  type CaptureState,
  type CaptureTransition,
  isCapturing,
} from '../../contract/capture-states.ts';
import { AppError, failureOf } from '../../contract/errors.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { CaptureClock } from '../../core/capture/capture-clock.ts';
import type { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import type { CaptureGap } from '../../core/database/captures/captures.db.ts';
import { asAppError } from '../../core/system-errors.ts';
import { CaptureCounters } from './capture-counters.ts';
import type { CaptureDevices } from './capture-devices.ts';
import { CaptureFanOut, type CaptureStart } from './capture-fan-out.ts';
import { CaptureInputs } from './capture-inputs.ts';
import { CaptureWatch } from './capture-watch.ts';
import { EarlyFrames } from './early-frames.ts';
import type { LiveFeed, LiveListener } from './live-feed.ts';

/** What is told about a session. */
export type CaptureEvent = Extract<
  AppEvent,
  { type: 'captureChanged' | 'captureLevel' | 'liveText' | 'markersChanged' }
>;

/** What goes along with the recorder of a session. */
export interface CaptureCompany {
  /** Null: there is neither live text nor voice activity. */
  readonly live: LiveFeed | null;
  /** Called when the session has ended, however; never rejects. */
  readonly release: () => Promise<void>;
}

/** Dependencies of a session. */
export interface CaptureSessionParts {
  readonly devices: CaptureDevices;
  /** The time where the devices have none of their own. */
  readonly clock: CaptureClock;
  readonly options: CaptureOptions;
  readonly name: string;
  readonly emit: (event: CaptureEvent) => void;
  readonly beginRecorder: (start: CaptureStart) => Promise<CaptureRecorder>;
  /** Begins what goes along with the recorder. Never rejects: the recording goes on without what fails, which the listener is told. */
  readonly accompany: (recorder: CaptureRecorder, listener: LiveListener) => Promise<CaptureCompany>;
  readonly store: {
    noteGap(recordingId: string, gap: CaptureGap): Promise<void>;
    saveMarker(recordingId: string, marker: Marker): Promise<void>;
    /** The sound is complete. */
    end(ended: { recordingId: string; state: 'done' | 'broken'; metrics: CaptureMetrics }): Promise<void>;
    /** Erases a recording without sound. */
    discard(recordingId: string): Promise<void>;
  };
  /** Holds for all sessions. */
  readonly sharedWarnings: () => readonly CaptureWarning[];
}

/** Changes are told at most so often. */
const CHANGE_INTERVAL_MS = 200;

/**
 * One live recording, from the opening of its devices to its last sealed part. Each frame goes to the recorder, the meters
 * and the live text, of which none can hold up another. However it ends, it closes its devices, seals what it has, and
 * releases everything.
 */
export class CaptureSession {
  readonly id = newId();
  readonly recordingId = newId();
  readonly #parts: CaptureSessionParts;
  readonly #resources = new AsyncDisposableStack();
  readonly #inputs: CaptureInputs;
  readonly #watch: CaptureWatch;
  readonly #early = new EarlyFrames();
  readonly #speaking = new Set<number>();
  readonly #abandoned = Promise.withResolvers<void>();
  readonly #ended = Promise.withResolvers<void>();
  #state: CaptureState = 'new';
  #failure: AppError | null = null;
  #starting: Promise<void> | null = null;
  #ending: Promise<void> | null = null;
  #startedAtMs = Date.now();
  #markers: readonly Marker[] = [];
  #recorder: CaptureRecorder | null = null;
  #sound: CaptureFanOut | null = null;
  #liveModel: string | null = null;
  #finalDurationMs: number | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #telling: NodeJS.Timeout | null = null;

  constructor(parts: CaptureSessionParts) {
    this.#parts = parts;
    this.#inputs = new CaptureInputs({
      devices: parts.devices,
      captureId: this.id,
      options: parts.options,
      onFrame: (frame) => this.#takeFrame(frame),
      onFrames: () => this.#sound?.drain(this.#nowMs),
      onLost: (input, reason) => this.#sound?.lost(input, reason, this.#nowMs),
      onReconnected: () => this.#sound?.reconnected(),
      onChange: () => this.#changed(),
    });
    this.#watch = new CaptureWatch({
      minutesLeft: async () => (await this.#recorder?.minutesLeft()) ?? null,
      isExpected: () => this.#state !== 'paused' && this.#hasMicrophone,
      onLook: () => {
        // A lost microphone's time passes as silence; late frames are waited for.
        if (!this.#hasMicrophone) this.#sound?.drain(this.#nowMs);
      },
      onChange: () => this.#changed(),
    });
  }

  /** Resolves once everything of it is durable and released, however it ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  get state(): CaptureState {
    return this.#state;
  }

  /** Whether it has begun to record. */
  get hasBegun(): boolean {
    return this.#recorder !== null;
  }

  /** The session as the window shows it. */
  get view(): CaptureView {
    return {
      id: this.id,
      recordingId: this.recordingId,
      name: this.#parts.name,
      state: this.#state,
      startedAtMs: Math.round(this.#startedAtMs),
      durationMs: this.#finalDurationMs ?? this.#sound?.recordedMs ?? 0,
      microphone: this.#inputs.labelOf('microphone'),
      system: this.#inputs.labelOf('system'),
      warnings: this.#warnings,
      minutesLeft: this.#watch.minutesLeft,
      liveModel: this.#liveModel,
      markers: [...this.#markers],
      failure: this.#failure === null ? null : failureOf(this.#failure),
      metrics: this.metrics,
    };
  }

  /** Its counters. */
  get metrics(): CaptureMetrics {
    return this.#sound?.metrics ?? new CaptureCounters().metrics;
  }

  /**
   * Opens the devices and begins to record. Throws `capture.denied`, `capture.noDevice`, `capture.deviceFailed`, what the
   * recorder's beginning throws, and `usage.interrupted` if it is stopped before it records; everything is released then.
   */
  async start(): Promise<void> {
    this.#starting = this.#begin();
    try {
      await this.#starting;
    } catch (error) {
      await this.#end(asAppError(error));
      throw error;
    }
  }

  /** Nothing is kept until it is resumed. */
  pause(): void {
    if (!this.#move('pause')) return;
    this.#sound?.pause(this.#nowMs);
  }

  resume(): void {
    if (!this.#move('resume')) return;
    this.#sound?.resume(this.#nowMs);
    if (!this.#hasMicrophone) this.#sound?.lost('microphone', 'deviceLost', this.#nowMs);
    if (this.#speaking.size > 0) this.#move('speechBegan');
  }

  /** Seals what is there and releases everything. Resolves once it is done; later calls wait for the same. */
  stop(): Promise<void> {
    return this.#end(null);
  }

  /** The live text is not waited for any longer. */
  abandonText(): void {
    this.#abandoned.resolve();
  }

  /** Sets a marker at the current time. Throws `capture.notRunning`, and the database's errors. */
  async mark(label: string): Promise<Marker> {
    if (this.#sound === null || this.#ending !== null) throw new AppError('capture.notRunning', {});
    const marker = { id: newId(), atMs: this.#sound.timeOf(this.#nowMs), label };
    await this.#parts.store.saveMarker(this.recordingId, marker);
    return marker;
  }

  /** Its markers were changed: here, or in the transcript. */
  takeMarkers(markers: readonly Marker[]): void {
    this.#markers = markers;
    this.#changed();
  }

  /** Goes on with another microphone; null is the system's default. */
  switchMicrophone(deviceId: string | null): void {
    if (this.#ending === null) this.#inputs.switchMicrophone(deviceId);
  }

  /** Resolves once no sound waits for the disk: for who feeds it faster than it is spoken. */
  async caughtUp(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    await this.#recorder?.caughtUp();
  }

  async #begin(): Promise<void> {
    const { devices, beginRecorder, accompany } = this.#parts;
    this.#resources.defer(await devices.hold());
    if (this.#ending !== null) throw new AppError('usage.interrupted', {});
    const { inputs, sampleRate } = await this.#inputs.open();
    this.#move('deviceOpened');
    const startedAtMs = (await this.#early.first())?.atMs ?? Date.now();
    const start = { recordingId: this.recordingId, inputs, sampleRate, startedAtMs };
    const recorder = await beginRecorder(start);
    this.#startedAtMs = startedAtMs;
    this.#recorder = recorder;
    void recorder.failed.then((error) => this.#end(error));
    const sound = this.#fanOut(recorder, start);
    this.#sound = sound;
    for (const frame of this.#early.take()) sound.push(frame);
    this.#move('start');
    sound.drain(this.#nowMs);
    this.#resources.defer(this.#watch.begin());
    const { live, release } = await accompany(recorder, this.#listener());
    this.#resources.defer(release);
    sound.begin(live);
  }

  #fanOut(recorder: CaptureRecorder, start: CaptureStart): CaptureFanOut {
    const { emit, store } = this.#parts;
    return new CaptureFanOut({
      recorder,
      start,
      onLevel: (level) => emit({ type: 'captureLevel', level: { captureId: this.id, ...level } }),
      // The silence is in the recording anyhow.
      onGap: (gap) => void store.noteGap(this.recordingId, gap).catch(() => undefined),
      onChange: () => this.#changed(),
    });
  }

  #listener(): LiveListener {
    return {
      onText: (text) => {
        const { id: captureId, recordingId } = this;
        this.#parts.emit({ type: 'liveText', text: { captureId, recordingId, ...text } });
      },
      onSpeech: (channel, isSpeaking) => this.#speech(channel, isSpeaking),
      onModel: (name) => {
        this.#liveModel = name;
        this.#changed();
      },
      onWarning: (warning, holds) => this.#watch.note(warning, holds),
    };
  }

  #speech(channel: number, isSpeaking: boolean): void {
    if (isSpeaking) this.#speaking.add(channel);
    else this.#speaking.delete(channel);
    if (channel === 0) this.#sound?.speaking(isSpeaking);
    this.#move(this.#speaking.size > 0 ? 'speechBegan' : 'speechEnded');
  }

  #takeFrame(frame: CaptureFrame): void {
    this.#watch.heard();
    if (this.#sound === null) this.#early.push(frame);
    else this.#sound.push(frame);
  }

  get #nowMs(): number {
    return this.#parts.devices.nowMs?.() ?? this.#parts.clock.nowMs();
  }

  get #hasMicrophone(): boolean {
    return this.#inputs.labelOf('microphone') !== null;
  }

  get #warnings(): CaptureWarning[] {
    if (!isCapturing(this.#state)) return this.#watch.lastingWarnings;
    const [sound, inputs] = [this.#sound?.warnings ?? [], this.#inputs.warnings];
    return [...new Set([...sound, ...inputs, ...this.#watch.warnings, ...this.#parts.sharedWarnings()])];
  }

  #end(failure: AppError | null): Promise<void> {
    this.#ending ??= this.#finish(failure);
    return this.#ending;
  }

  async #finish(failure: AppError | null): Promise<void> {
    this.#failure = failure;
    const isBroken = failure !== null && this.#recorder === null;
    this.#move(isBroken ? 'fail' : 'stop');
    // Frames that were captured before are still on their way: they come before it is closed.
    await this.#inputs.close();
    await this.#starting?.catch(() => undefined);
    const isWhole = await this.#seal();
    // All are released, even if one of them fails to be.
    await this.#resources.disposeAsync().catch(() => undefined);
    this.#move(isWhole ? 'sealed' : 'fail');
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#ended.resolve();
    this.#tell();
  }

  /** Seals what is there; false if some of it could not be. */
  async #seal(): Promise<boolean> {
    const [recorder, sound] = [this.#recorder, this.#sound];
    if (recorder === null || sound === null) return true;
    const { sampleFrames, lostFrames } = await sound.finish(this.#nowMs);
    this.#finalDurationMs = Math.round((sampleFrames * 1000) / recorder.sampleRate);
    await this.#markWithin(this.#finalDurationMs);
    // The words stay in the recording: the final transcript has them.
    await sound.finishText(this.#abandoned.promise).catch(() => this.#watch.note('liveTextFailed', true));
    const { recordingId, metrics } = this;
    if (sampleFrames === 0) {
      this.#failure ??= new AppError('capture.nothingArrived', {});
      // What is left then is swept at the next start.
      await this.#parts.store.discard(recordingId).catch(() => undefined);
      return false;
    }
    const state = lostFrames === 0 ? 'done' : 'broken';
    // If the disk does not take even this, the recording is offered at the next start.
    await this.#parts.store.end({ recordingId, state, metrics }).catch(() => undefined);
    return lostFrames === 0;
  }

  /** A marker may have been set where sound was awaited that never came. */
  async #markWithin(atMs: number): Promise<void> {
    for (const marker of this.#markers.filter((one) => one.atMs > atMs)) {
      await this.#parts.store.saveMarker(this.recordingId, { ...marker, atMs }).catch(() => undefined);
    }
  }

  /** Whether the transition is allowed: nothing happens otherwise. */
  #move(transition: CaptureTransition): boolean {
    const next = CAPTURE_TRANSITIONS[this.#state][transition];
    if (next === undefined) return false;
    this.#state = next;
    this.#changed();
    return true;
  }

  /** Tells the view soon, at most five times a second. */
  #changed(): void {
    if (this.#telling !== null || !isCapturing(this.#state)) return;
    const waitMs = Math.max(0, this.#toldAt + CHANGE_INTERVAL_MS - performance.now());
    this.#telling = setTimeout(() => this.#tell(), waitMs);
  }

  #tell(): void {
    this.#telling = null;
    this.#toldAt = performance.now();
    this.#parts.emit({ type: 'captureChanged', capture: this.view });
  }
}
