import type { CaptureMessage, InputLoss } from '../../src/contract/capture.ts';
import { CaptureClock, type SteadyClock } from './capture-clock.ts';
import { type CutFrame, FrameCutter } from './frame-cutter.ts';
import { deviceOf } from './input-devices.ts';
import { lossOf, type OpenCommand, openStream } from './input-streams.ts';
import { soundOf } from './track-sound.ts';

/** How often it is looked whether frames come, and after how many looks without one a microphone is given up. */
const LOOK_MS = 500;
const LOOKS_WITHOUT_FRAMES = 8;

/** How long the end of what was captured may take to arrive. */
const END_MS = 2000;

/** The rate told of a track that does not tell its own. Each frame tells its own in any case. */
const USUAL_RATE = 48_000;

/**
 * One input of a session, from the moment it is asked for until no live track of it is left. Tells `opened` once its track
 * is there, `lost` if it never is or ends, and last `closed`. A muted track is told as `lost`, but stays open; `opened` is
 * told again when it is unmuted.
 */
export class OpenInput {
  readonly #command: OpenCommand;
  readonly #clock: CaptureClock;
  readonly #tell: (message: CaptureMessage) => void;
  readonly #cutter = new FrameCutter((frame) => this.#tellFrame(frame));
  #stream: MediaStream | null = null;
  #opening: Promise<void> | null = null;
  /** Resolves when its sound has ended. */
  #sound: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  #framesSeen = 0;
  #looksWithoutFrames = 0;

  constructor(command: OpenCommand, clock: SteadyClock, tell: (message: CaptureMessage) => void) {
    this.#command = command;
    this.#clock = new CaptureClock(clock);
    this.#tell = tell;
  }

  /** Opens it. Never rejects: what fails is told. */
  open(): Promise<void> {
    this.#opening = this.#open();
    return this.#opening;
  }

  /** Stops its track, and resolves once everything that was captured before has been told. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #open(): Promise<void> {
    if (this.#closing !== null) return;
    try {
      const stream = await openStream(this.#command);
      this.#stream = stream;
      const [track] = stream.getAudioTracks();
      if (track === undefined) throw new Error('no audio track');
      const device = await deviceOf(track);
      // It was closed while the user was asked, or the device started.
      if (this.#closing !== null) return stopTracks(stream);
      const tellOpened = () => this.#tellOpened(device, track.getSettings().sampleRate ?? USUAL_RATE);
      tellOpened();
      if (track.muted) this.#tellLost('muted');
      track.onended = () => this.#lose('ended');
      track.onmute = () => this.#tellLost('muted');
      track.onunmute = tellOpened;
      this.#sound = this.#take(track);
      this.#watch = setInterval(() => this.#look(track), LOOK_MS);
    } catch (error) {
      this.#lose(lossOf(error));
    }
  }

  async #take(track: MediaStreamTrack): Promise<void> {
    try {
      for await (const { samples, sampleRate, stampMs } of soundOf(track)) {
        const atMs = this.#clock.timeOf(stampMs, (samples.length / sampleRate) * 1000);
        this.#cutter.push(samples, sampleRate, atMs);
      }
      this.#lose('ended');
    } catch {
      this.#lose('failed');
    }
  }

  /** The system's own sound may come only while something is played, and a muted microphone delivers nothing. */
  #look(track: MediaStreamTrack): void {
    const { frames } = this.#cutter;
    const mayRest = track.muted || this.#command.input === 'system' || frames !== this.#framesSeen;
    this.#looksWithoutFrames = mayRest ? 0 : this.#looksWithoutFrames + 1;
    this.#framesSeen = frames;
    if (this.#looksWithoutFrames >= LOOKS_WITHOUT_FRAMES) this.#lose('failed');
  }

  async #close(): Promise<void> {
    clearInterval(this.#watch);
    if (this.#stream !== null) stopTracks(this.#stream);
    // A track that is still being opened is stopped as soon as it is there.
    await this.#opening;
    await Promise.race([this.#sound, new Promise((resolve) => setTimeout(resolve, END_MS))]);
    this.#cutter.end();
    const { captureId, input } = this.#command;
    const { frames, crc32 } = this.#cutter;
    this.#tell({ type: 'closed', captureId, input, frames, crc32 });
  }

  #tellFrame({ atMs, sampleRate, samples }: CutFrame): void {
    const { captureId, input, sequence } = this.#command;
    const frame = {
      captureId,
      input,
      sequence: sequence + this.#cutter.frames - 1,
      atMs,
      sampleRate,
      samples,
    };
    this.#tell({ type: 'frames', frames: [frame] });
  }

  #tellOpened(device: { deviceId: string; label: string }, sampleRate: number): void {
    if (this.#closing !== null) return;
    const { captureId, input } = this.#command;
    this.#tell({ type: 'opened', captureId, input, ...device, sampleRate });
  }

  #tellLost(reason: InputLoss): void {
    if (this.#closing !== null) return;
    const { captureId, input } = this.#command;
    this.#tell({ type: 'lost', captureId, input, reason });
  }

  #lose(reason: InputLoss): void {
    this.#tellLost(reason);
    void this.close();
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
