import type { CaptureCommand, CaptureMessage } from '../../contract/capture.ts';

/**
 * Port to the holder of the devices: the capture page, or a feed of frames (command line, tests). A `ready` message while
 * inputs are open means that the holder has begun anew and holds none of them any more.
 */
export interface CaptureDevices {
  send(command: CaptureCommand): void;
  /** Returns the function that ends listening. Messages arrive in the order in which they were sent. */
  listen(listener: (message: CaptureMessage) => void): () => void;
  /** Resolves when commands can be sent, and keeps the holder alive until released. Throws `capture.unavailable`. */
  hold(): Promise<() => void>;
}
