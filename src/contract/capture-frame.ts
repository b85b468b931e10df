/* The audio worklet imports this: nothing in this file loads zod. */

/** Length of a frame in milliseconds, at whatever rate the device delivers. */
export const CAPTURE_FRAME_MS = 20;
