import { isPending } from '../../src/contract/job-states.ts';
import { lock, useApp } from '../stores/app.ts';
import { useLibrary } from '../stores/library.ts';
import { showOverlay } from '../stores/navigation.ts';
import { currentCapture } from '../stores/recording-actions.ts';
import { attempt } from '../stores/toasts.ts';

/**
 * Locks at once if no work is running, the settings say so, or something is being recorded, which goes on behind the
 * curtain; else asks what to do with the work.
 */
export function lockNow(): void {
  // The vault never seals while recording; somebody may be coming through the door.
  const isRecording = currentCapture() !== null;
  const alwaysSeal = useApp.getState().state?.settings.alwaysSeal ?? false;
  if (isRecording) attempt(() => lock('curtain'));
  else if (alwaysSeal) attempt(() => lock('seal'));
  // Work that has just begun is finished behind the curtain.
  else if (!isWorking()) attempt(() => lock('curtain'));
  else showOverlay({ kind: 'lock' });
}

function isWorking(): boolean {
  return [...useLibrary.getState().recordings.values()].some(
    ({ state, job }) => state === 'importing' || (job !== null && isPending(job.state)),
  );
}
