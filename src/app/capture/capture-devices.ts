import type { CaptureCommand, CaptureMessage } from '../../contract/capture.ts';

/**
 * Port to the holder of the devices: the capture page, or a feed of frames (command line, tests). A `ready` message
 * means that the holder has begun anew: it holds none of the inputs that were open. It keeps commands that come before.
 */
export interface CaptureDevices {
  send(command: CaptureCommand): void;
  /** Returns the function that ends listening. Messages arrive in the order in which they were sent. */
  listen(listener: (message: CaptureMessage) => void): () => void;
  /** The time by the clock of its frames, where that is not the computer's: a feed that is faster or slower than time. */
  nowMs?(): number;
  /** Resolves when commands can be sent, and keeps the holder alive until released. Throws `capture.unavailable`. */
  hold(): Promise<() => void>;
}
