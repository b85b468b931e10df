import type { CaptureMessage, InputLoss } from '../../src/contract/capture.ts';
import { FrameClock, type SteadyClock } from './frame-clock.ts';
import workletUrl from './frame-cutter.worklet.ts?worker&url';
import { deviceOf } from './input-devices.ts';
import { lossOf, type OpenCommand, openStream } from './input-streams.ts';
import { CUTTER_NAME, type WorkletCommand, type WorkletMessage } from './worklet-messages.ts';

/** How often it is looked whether frames come, and after how many looks without one the input is given up. */
const LOOK_MS = 500;
const LOOKS_WITHOUT_FRAMES = 8;

/** How long the audio thread may take to cut the rest. */
const END_MS = 1000;

/** The parts of an input that is open. */
interface Recording {
  readonly source: MediaStreamAudioSourceNode;
  readonly node: AudioWorkletNode;
  readonly device: { readonly deviceId: string; readonly label: string };
}

/**
 * One input of a session, from the moment it is asked for until no live track of it is left. Tells `opened` once it
 * delivers, `lost` if it never does or no longer, and last `closed`. A muted track is told as `lost`, but stays open: its
 * frames are silence, and `opened` is told again when it is unmuted.
 */
export class OpenInput {
  readonly #command: OpenCommand;
  readonly #clock: FrameClock;
  readonly #tell: (message: CaptureMessage) => void;
  #stream: MediaStream | null = null;
  #context: AudioContext | null = null;
  #recording: Recording | null = null;
  #opening: Promise<void> | null = null;
  #closing: Promise<void> | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;
  readonly #ended = Promise.withResolvers<void>();
  #frames = 0;
  #crc32 = 0;
  #framesSeen = 0;
  #looksWithoutFrames = 0;

  constructor(command: OpenCommand, clock: SteadyClock, tell: (message: CaptureMessage) => void) {
    this.#command = command;
    this.#clock = new FrameClock(clock);
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

  /** The machine has slept: the samples before and after do not follow each other. */
  slept(): void {
    this.#clock.reset();
  }

  async #open(): Promise<void> {
    if (this.#closing !== null) return;
    try {
      const stream = await openStream(this.#command);
      this.#stream = stream;
      // It was closed while the user was asked, or the device started.
      if (this.#closing !== null) return stopTracks(stream);
      const [track] = stream.getAudioTracks();
      if (track === undefined) throw new Error('no audio track');
      track.onended = () => this.#lose('ended');
      track.onmute = () => this.#tellLost('muted');
      track.onunmute = () => this.#tellOpened();
      await this.#record(stream, track);
      if (track.muted) this.#tellLost('muted');
    } catch (error) {
      this.#lose(lossOf(error));
    }
  }

  async #record(stream: MediaStream, track: MediaStreamTrack): Promise<void> {
    const sampleRate = this.#command.sampleRate ?? track.getSettings().sampleRate;
    const context = new AudioContext({
      ...(sampleRate !== undefined && { sampleRate }),
      // Nothing is played, and no output device is opened.
      sinkId: { type: 'none' },
    } as AudioContextOptions);
    this.#context = context;
    context.onstatechange = () => this.#keepRunning(context);
    await context.audioWorklet.addModule(workletUrl);
    const device = await deviceOf(track);
    if (this.#closing !== null) return;
    const node = new AudioWorkletNode(context, CUTTER_NAME, {
      channelCount: 1,
      channelCountMode: 'explicit',
      numberOfInputs: 1,
      numberOfOutputs: 1,
      outputChannelCount: [1],
    });
    const source = context.createMediaStreamSource(stream);
    this.#recording = { source, node, device };
    this.#tellOpened();
    node.port.onmessage = ({ data }: MessageEvent<WorkletMessage>) => this.#take(data);
    node.onprocessorerror = () => this.#lose('failed');
    source.connect(node);
    // Only what leads to the destination is processed; what arrives there is silence.
    node.connect(context.destination);
    this.#keepRunning(context);
    this.#watch = setInterval(() => this.#look(), LOOK_MS);
  }

  #take(message: WorkletMessage): void {
    if (message.type === 'end') {
      this.#ended.resolve();
      return;
    }
    const { captureId, input, sequence } = this.#command;
    const sampleRate = this.#context?.sampleRate ?? 0;
    const { contextFrame, cutAtMs, crc32, samples } = message;
    const atMs = this.#clock.timeOf({
      contextStartMs: (contextFrame / sampleRate) * 1000,
      contextEndMs: ((contextFrame + samples.length) / sampleRate) * 1000,
      cutAtMs,
    });
    const frame = { captureId, input, sequence: sequence + this.#frames, atMs, sampleRate, samples };
    this.#frames += 1;
    this.#crc32 = crc32;
    this.#tell({ type: 'frames', frames: [frame] });
  }

  /** Resumes a context that is suspended. If no frames come all the same, `#look` gives the input up. */
  #keepRunning(context: AudioContext): void {
    this.#clock.reset();
    if (context.state !== 'running' && context.state !== 'closed') context.resume().catch(() => undefined);
  }

  #look(): void {
    this.#looksWithoutFrames = this.#frames === this.#framesSeen ? this.#looksWithoutFrames + 1 : 0;
    this.#framesSeen = this.#frames;
    if (this.#looksWithoutFrames >= LOOKS_WITHOUT_FRAMES) this.#lose('failed');
  }

  async #close(): Promise<void> {
    clearInterval(this.#watch);
    if (this.#stream !== null) stopTracks(this.#stream);
    // A track that is still being opened is stopped as soon as it is there.
    await this.#opening;
    if (this.#recording !== null) {
      const { source, node } = this.#recording;
      node.port.postMessage('end' satisfies WorkletCommand);
      await Promise.race([this.#ended.promise, new Promise((resolve) => setTimeout(resolve, END_MS))]);
      node.port.onmessage = null;
      source.disconnect();
      node.disconnect();
    }
    await this.#context?.close().catch(() => undefined);
    const { captureId, input } = this.#command;
    this.#tell({ type: 'closed', captureId, input, frames: this.#frames, crc32: this.#crc32 });
  }

  #tellOpened(): void {
    if (this.#context === null || this.#recording === null || this.#closing !== null) return;
    const { captureId, input } = this.#command;
    const { sampleRate } = this.#context;
    this.#tell({ type: 'opened', captureId, input, ...this.#recording.device, sampleRate });
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
