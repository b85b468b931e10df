import { z } from './schema.ts';

/**
 * States of a capture session (one live recording).
 * - `new`: nothing is open yet; the permission may be asked for.
 * - `ready`: a device delivers frames, none of them is kept yet.
 * - `listening`: recording, nobody speaks.
 * - `speaking`: recording, somebody speaks.
 * - `paused`: nothing is kept until the user resumes; the time of the recording stands.
 * - `finishing`: no frame is accepted any more; what is buffered is being sealed.
 * - `done`: everything that was said is durable.
 * - `broken`: ended by a fault; what was durable before it stays.
 */
export const CaptureState = z.enum([
  'new',
  'ready',
  'listening',
  'speaking',
  'paused',
  'finishing',
  'done',
  'broken',
]);
export type CaptureState = z.infer<typeof CaptureState>;

/** What moves a session from one state to another. */
export type CaptureTransition =
  | 'deviceOpened'
  | 'start'
  | 'speechBegan'
  | 'speechEnded'
  | 'pause'
  | 'resume'
  | 'stop'
  | 'sealed'
  | 'fail';

/** The state that each transition leads to; one that is not listed for a state is not allowed in it. */
export const CAPTURE_TRANSITIONS: Readonly<
  Record<CaptureState, Readonly<Partial<Record<CaptureTransition, CaptureState>>>>
> = {
  new: { deviceOpened: 'ready', stop: 'finishing', fail: 'broken' },
  ready: { start: 'listening', stop: 'finishing', fail: 'broken' },
  listening: { speechBegan: 'speaking', pause: 'paused', stop: 'finishing', fail: 'broken' },
  speaking: { speechEnded: 'listening', pause: 'paused', stop: 'finishing', fail: 'broken' },
  paused: { resume: 'listening', stop: 'finishing', fail: 'broken' },
  finishing: { sealed: 'done', fail: 'broken' },
  done: {},
  broken: {},
};

/** Whether a session in this state holds a device or unsealed sound: the vault must stay open. */
export function isCapturing(state: CaptureState): boolean {
  return state !== 'done' && state !== 'broken';
}

/** Whether a session in this state waits for its device: nothing is kept yet. */
export function isOpening(state: CaptureState): boolean {
  return state === 'new' || state === 'ready';
}

/** Whether what a session in this state hears is kept. */
export function isRecording(state: CaptureState): boolean {
  return state === 'listening' || state === 'speaking';
}
