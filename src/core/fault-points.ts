/**
 * Named points in the code that makes data durable, at which a test can throw, run out of space or kill the process.
 * In production nothing is installed and a point costs one comparison.
 */
export const FAULT_POINTS = [
  'object.chunk',
  'object.sync',
  'object.rename',
  'object.syncFolder',
  'capture.begun',
  'capture.partSealed',
  'capture.partCommitted',
  'capture.finalQueued',
  'import.recordingAdded',
  'import.partSealed',
  'import.partCommitted',
  'import.originalSealed',
  'import.finished',
  'job.started',
  'window.planned',
  'window.transcribed',
  'window.committed',
  'voices.heard',
  'voices.stored',
  'speakers.kept',
  'speakers.labelled',
  'job.assembled',
  'rerun.completed',
  'final.merged',
  'job.finished',
  'move.begun',
  'move.copied',
  'move.switched',
  'move.named',
  'move.closed',
  'move.removed',
  'export.write',
  'export.sync',
  'export.rename',
  'export.named',
] as const;

/** One of the named points. */
export type FaultPoint = (typeof FAULT_POINTS)[number];

let installed: ((point: FaultPoint) => void) | null = null;

/** Calls the installed fault, if any, with this point. Throws what the fault throws. */
export function reached(point: FaultPoint): void {
  if (installed !== null) installed(point);
}

/** Installs a fault for tests, or removes it with null. */
export function installFault(fault: ((point: FaultPoint) => void) | null): void {
  installed = fault;
}
