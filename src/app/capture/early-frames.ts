import type { CaptureFrame } from '../../contract/capture.ts';

/** Frames that are kept at most: half a minute of both inputs. */
const MOST_FRAMES = 3000;

/** How long the first frame may take once the microphone is open. */
const FIRST_FRAME_MS = 2000;

/** The frames of a session that come while its recorder is being made. */
export class EarlyFrames {
  #frames: CaptureFrame[] = [];
  readonly #arrived = Promise.withResolvers<void>();

  push(frame: CaptureFrame): void {
    this.#frames.push(frame);
    if (this.#frames.length > MOST_FRAMES) this.#frames.shift();
    this.#arrived.resolve();
  }

  /** The first frame, when it has come; null if that takes too long. */
  async first(): Promise<CaptureFrame | null> {
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, FIRST_FRAME_MS);
    await Promise.race([this.#arrived.promise, timeout.promise]);
    clearTimeout(timer);
    return this.#frames[0] ?? null;
  }

  /** Hands over all of them. */
  take(): CaptureFrame[] {
    return this.#frames.splice(0);
  }
}
