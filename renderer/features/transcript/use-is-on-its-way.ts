import { useLibrary } from '../../stores/library.ts';

/** Whether a recording is being transcribed, or will be without user action: more text will come. */
export function useIsOnItsWay(recordingId: string): boolean {
  const state = useLibrary(({ recordings }) => recordings.get(recordingId)?.job?.state);
  return state === 'queued' || state === 'running' || state === 'waiting';
}
