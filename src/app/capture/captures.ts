import type {
  CaptureOptions,
  CaptureView,
  InputDevice,
  Marker,
  UnfinishedCapture,
} from '../../contract/capture.ts';
import { isCapturing } from '../../contract/capture-states.ts';
import { AppError } from '../../contract/errors.ts';
import { CaptureClock } from '../../core/capture/capture-clock.ts';
import { CaptureRecorder } from '../../core/capture/capture-recorder.ts';
import type { Capture } from '../../core/database/captures/captures.db.ts';
import { captureFacts } from '../../core/diagnostics/capture-facts.ts';
import { note } from '../../core/diagnostics/note.ts';
import type { DeliveryWish } from '../export/deliveries.ts';
import { prepareDestination } from '../export/destination.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { accompany, type CompanyParts } from './capture-company.ts';
import type { CaptureDevices } from './capture-devices.ts';
import { type CaptureEvent, CaptureSession, type CaptureSessionParts } from './capture-session.ts';

export type { CaptureEvent };

/** Dependencies of the captures of an open vault. */
export interface CapturesParts extends CompanyParts {
  readonly recordings: Pick<Recordings, 'discard'>;
  /** Null where there is no holder of devices. */
  readonly devices: CaptureDevices | null;
  /** The name of a recording that the user has not named: it tells the time. */
  readonly nameAt: (atMs: number) => string;
}

/** How long the list of devices may take. */
const DEVICES_MS = 5000;

/** How long the last words are waited for when the vault is to be sealed. */
const LAST_WORDS_MS = 3000;

/** The live recordings of an open vault: any number of sessions at once, none of which knows of another. */
export class Captures {
  /** Told by every session: the shortcut that the user chose could not be registered. */
  isShortcutUnavailable = false;
  readonly #parts: CapturesParts;
  readonly #listeners = new Set<(event: CaptureEvent) => void>();
  /** The running ones. */
  readonly #sessions = new Map<string, CaptureSession>();
  readonly #endedViews: CaptureView[] = [];
  readonly #clock = new CaptureClock();
  #hasEnded = false;

  constructor(parts: CapturesParts) {
    this.#parts = parts;
  }

  /** Whether a session holds a device or unsealed sound. */
  get isCapturing(): boolean {
    return this.#running.length > 0;
  }

  /** Calls `listener` with every event of every session; returns the function that ends it. */
  listen(listener: (event: CaptureEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts a session; resolves once it records. Its final transcript is delivered as `wish` says. Throws `capture.*`,
   * `disk.full`, `usage.interrupted` if it is stopped before, and what `Jobs.optionsFor` and `prepareDestination` throw.
   */
  async start(options: CaptureOptions, wish: DeliveryWish | null = null): Promise<CaptureView> {
    const { devices, jobs, nameAt } = this.#parts;
    if (devices === null) throw new AppError('capture.unavailable', {});
    if (this.#hasEnded) throw new AppError('vault.sealed', {});
    const jobOptions = await jobs.optionsFor(options.matterId, options.choice);
    if (wish?.folder != null) await prepareDestination(wish.folder);
    const name = options.name ?? nameAt(Date.now());
    const session = new CaptureSession({
      ...{ devices, options, name, clock: this.#clock, store: this.#store() },
      emit: (event) => this.#emit(event),
      sharedWarnings: () => (this.isShortcutUnavailable ? ['shortcutUnavailable'] : []),
      beginRecorder: (start) =>
        CaptureRecorder.begin(this.#parts.services, {
          ...{ ...start, channels: start.inputs.length, name, matterId: options.matterId, options },
        }),
      accompany: (recorder, listener) =>
        accompany(this.#parts, recorder, listener, { options, jobOptions, wish }),
    });
    this.#sessions.set(session.id, session);
    void session.ended.then(() => this.#ended(session));
    await session.start();
    return session.view;
  }

  /** The running sessions, and those that ended since the vault was opened, oldest first. */
  list(): CaptureView[] {
    return [...this.#endedViews, ...[...this.#sessions.values()].map(({ view }) => view)];
  }

  /** The stored captures of the vault, with the counters of those that have ended, oldest first. */
  stored(): Promise<Capture[]> {
    return this.#parts.services.database.captures.list();
  }

  /** The microphones. Throws `capture.unavailable`. */
  async devices(): Promise<InputDevice[]> {
    const { devices } = this.#parts;
    if (devices === null) throw new AppError('capture.unavailable', {});
    const release = await devices.hold();
    const answer = Promise.withResolvers<InputDevice[]>();
    const stopListening = devices.listen((message) => {
      if (message.type === 'devices') answer.resolve(message.devices);
    });
    const timer = setTimeout(() => answer.reject(new AppError('capture.unavailable', {})), DEVICES_MS);
    try {
      devices.send({ type: 'listDevices' });
      return await answer.promise;
    } finally {
      clearTimeout(timer);
      stopListening();
      release();
    }
  }

  /** Does nothing unless the session records. Throws `capture.notRunning`. */
  async pause(id: string): Promise<void> {
    this.#runningSession(id).pause();
  }

  /** Does nothing unless the session is paused. Throws `capture.notRunning`. */
  async resume(id: string): Promise<void> {
    this.#runningSession(id).resume();
  }

  /** Ends a session; resolves once everything is durable. Throws `capture.notRunning`. */
  async stop(id: string): Promise<CaptureView> {
    const session = this.#runningSession(id);
    await session.stop();
    return session.view;
  }

  /** Sets a marker at the current time of a session. Throws `capture.notRunning`. */
  async mark(id: string, label: string): Promise<Marker> {
    return await this.#runningSession(id).mark(label);
  }

  /** Goes on with another microphone; null for the system's default. Throws `capture.notRunning`. */
  async switchDevice(id: string, deviceId: string | null): Promise<void> {
    this.#runningSession(id).switchMicrophone(deviceId);
  }

  /** Resolves once no sound of a session waits for the disk: for who feeds it faster than it is spoken. */
  async caughtUp(id: string): Promise<void> {
    await this.#sessions.get(id)?.caughtUp();
  }

  /** The computer is about to sleep. */
  suspended(): void {
    // The times of the frames then tell each session how long it slept.
    this.#clock.suspend();
  }

  /** The computer is awake again. */
  resumed(): void {
    this.#clock.resume();
  }

  /** Recordings whose session was ended by a crash or power cut, and about which the user has not decided. */
  async unfinished(): Promise<UnfinishedCapture[]> {
    const { captures, recordings } = this.#parts.services.database;
    const found: UnfinishedCapture[] = [];
    for (const capture of await captures.list({ state: 'unfinished' })) {
      const { recordingId, startedAtMs, sampleRate } = capture;
      const { name, binnedAtMs } = await recordings.get(recordingId);
      if (binnedAtMs !== null) continue;
      const { sampleFrames } = await captures.extent(recordingId);
      found.push({
        recordingId,
        name,
        startedAtMs,
        durationMs: Math.round((sampleFrames * 1000) / sampleRate),
      });
    }
    return found;
  }

  /**
   * Keeps what there is of an unfinished recording, and transcribes it; does nothing to one that is finished. Throws
   * `recording.notFound`, and what `Jobs.optionsFor` throws.
   */
  async keepUnfinished(recordingId: string): Promise<void> {
    const { database, imports, queue } = this.#parts.services;
    await database.recordings.get(recordingId);
    const capture = await database.captures.get(recordingId);
    if (capture?.state !== 'unfinished') return;
    const { matterId, choice, finalTranscript } = capture.options;
    if (finalTranscript) {
      await queue.addCaptureJob(recordingId, await this.#parts.jobs.optionsFor(matterId, choice), null);
    }
    await database.captures.end({ recordingId, state: 'broken', endedAtMs: Date.now(), metrics: null });
    await imports.resume(recordingId);
  }

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

  /** Ends all sessions, keeping everything, and begins no other: the vault is about to be sealed. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    const ended = Promise.allSettled(this.#running.map((session) => session.stop()));
    const timer = setTimeout(() => {
      for (const session of this.#running) session.abandonText();
    }, LAST_WORDS_MS);
    await ended;
    clearTimeout(timer);
  }

  get #running(): CaptureSession[] {
    return [...this.#sessions.values()].filter(({ state }) => isCapturing(state));
  }

  /** A session that has ended is its view alone; one that has not begun to record leaves nothing. */
  #ended({ id, view, hasBegun }: CaptureSession): void {
    this.#sessions.delete(id);
    if (hasBegun) this.#endedViews.push(view);
    note(captureFacts(view));
  }

  #runningSession(id: string): CaptureSession {
    const session = this.#sessions.get(id);
    if (session === undefined || !isCapturing(session.state)) throw new AppError('capture.notRunning', {});
    return session;
  }

  #store(): CaptureSessionParts['store'] {
    const { recordings, services } = this.#parts;
    const { database } = services;
    return {
      noteGap: (recordingId, gap) => database.captures.noteGap({ recordingId, gap }),
      saveMarker: (recordingId, marker) => this.saveMarker(recordingId, marker),
      end: (ended) => database.captures.end({ ...ended, endedAtMs: Date.now() }),
      discard: async (recordingId) => {
        await database.captures.end({ recordingId, state: 'broken', endedAtMs: Date.now(), metrics: null });
        await recordings.discard(recordingId);
      },
    };
  }

  async #tellMarkers(recordingId: string): Promise<void> {
    const markers = await this.markers(recordingId);
    for (const session of this.#running) {
      if (session.recordingId === recordingId) session.takeMarkers(markers);
    }
    this.#emit({ type: 'markersChanged', recordingId, markers });
  }

  #emit(event: CaptureEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
