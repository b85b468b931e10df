import type {
  CaptureOptions,
  CaptureView,
  InputDevice,
  Marker,
  UnfinishedCapture,
} from '../../contract/capture.ts';
import { AppError } from '../../contract/errors.ts';
import type { AppEvent } from '../../contract/ipc.ts';
import type { DeliveryWish } from '../export/deliveries.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { RecordingServices } from '../recordings/recordings.ts';
import type { CaptureDevices } from './capture-devices.ts';

/** What is told about the sessions of an open vault. */
export type CaptureEvent = Extract<
  AppEvent,
  { type: 'captureChanged' | 'captureLevel' | 'liveText' | 'markersChanged' }
>;

/** Dependencies of the captures of an open vault. */
export interface CapturesParts {
  readonly services: RecordingServices;
  readonly jobs: Jobs;
  /** Null where there is no holder of devices. */
  readonly devices: CaptureDevices | null;
}

/** The live recordings of an open vault: any number of sessions at once, none of which knows of another. */
export class Captures {
  readonly #parts: CapturesParts;
  readonly #listeners = new Set<(event: CaptureEvent) => void>();

  constructor(parts: CapturesParts) {
    this.#parts = parts;
  }

  /** Whether a session holds a device or unsealed sound. */
  get isCapturing(): boolean {
    return false;
  }

  /** Calls `listener` with every event of every session; returns the function that ends it. */
  listen(listener: (event: CaptureEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts a session; resolves once it records. Its final transcript is delivered as `wish` says. Throws `capture.*`,
   * `disk.full`, and what `Jobs.optionsFor` and `prepareDestination` throw.
   */
  async start(_options: CaptureOptions, _wish: DeliveryWish | null = null): Promise<CaptureView> {
    throw new AppError('capture.unavailable', {});
  }

  /** The running sessions, and those that ended since the vault was opened, oldest first. */
  list(): CaptureView[] {
    return [];
  }

  /** The microphones. Throws `capture.unavailable`. */
  async devices(): Promise<InputDevice[]> {
    throw new AppError('capture.unavailable', {});
  }

  /** Throws `capture.notRunning`. */
  async pause(id: string): Promise<void> {
    throw new AppError('capture.notRunning', { id });
  }

  /** Throws `capture.notRunning`. */
  async resume(id: string): Promise<void> {
    throw new AppError('capture.notRunning', { id });
  }

  /** Ends a session; resolves once everything is durable. Throws `capture.notRunning`. */
  async stop(id: string): Promise<CaptureView> {
    throw new AppError('capture.notRunning', { id });
  }

  /** Sets a marker at the current time of a session. Throws `capture.notRunning`. */
  async mark(id: string, _label: string): Promise<Marker> {
    throw new AppError('capture.notRunning', { id });
  }

  /** Goes on with another microphone; null for the system's default. Throws `capture.notRunning`. */
  async switchDevice(id: string, _deviceId: string | null): Promise<void> {
    throw new AppError('capture.notRunning', { id });
  }

  /** Recordings whose session was ended by a crash or power cut, and about which the user has not decided. */
  async unfinished(): Promise<UnfinishedCapture[]> {
    return [];
  }

  /** Keeps what there is of an unfinished recording, and transcribes it. Throws `recording.notFound`. */
  async keepUnfinished(_recordingId: string): Promise<void> {}

  /** A recording's markers by time. */
  async markers(recordingId: string): Promise<Marker[]> {
    return await this.#parts.services.database.markers.list(recordingId);
  }

  /** Adds or changes a marker of a recording. Throws `recording.notFound`. */
  async saveMarker(recordingId: string, marker: Marker): Promise<void> {
    const { database } = this.#parts.services;
    await database.recordings.get(recordingId);
    await database.markers.save({ recordingId, marker });
    await this.#tellMarkers(recordingId);
  }

  async deleteMarker(recordingId: string, id: string): Promise<void> {
    await this.#parts.services.database.markers.delete({ recordingId, id });
    await this.#tellMarkers(recordingId);
  }

  /** Ends all sessions, keeping everything: the vault is about to be sealed. */
  async end(): Promise<void> {}

  async #tellMarkers(recordingId: string): Promise<void> {
    this.#emit({ type: 'markersChanged', recordingId, markers: await this.markers(recordingId) });
  }

  #emit(event: CaptureEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
