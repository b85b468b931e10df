import type { CaptureCommand, CaptureMessage } from './capture.ts';

/* The preload script of the capture page imports values from here: nothing in this file loads zod. */

/** The name under which the capture page finds its bridge: `window.voicesyncCapture`. */
export const CAPTURE_BRIDGE_NAME = 'voicesyncCapture';

/** The IPC channel of commands to the capture page. */
export const CAPTURE_COMMAND_CHANNEL = 'voicesync:capture-command';

/** The IPC channel of the capture page's messages. */
export const CAPTURE_MESSAGE_CHANNEL = 'voicesync:capture-message';

/**
 * What the capture page is told: the commands of the sessions, and by its own window that the machine has slept, in which
 * time the page's clock may have stood still.
 */
export type CapturePageCommand = CaptureCommand | { readonly type: 'slept' };

/** The capture page's only way out: messages to main, and commands from it. */
export interface CaptureBridge {
  readonly send: (message: CaptureMessage) => void;
  /** Calls the listener with every command from now on. */
  readonly listen: (listener: (command: CapturePageCommand) => void) => void;
}
