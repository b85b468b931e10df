import { useJobs } from '../../stores/jobs.ts';
import { useLibrary } from '../../stores/library.ts';

/** Whether a recording is being transcribed, or will be without user action: more text will come. */
export function useIsOnItsWay(recordingId: string): boolean {
  const state = useLibrary(({ recordings }) => recordings.get(recordingId)?.job?.state);
  return state === 'queued' || state === 'running' || state === 'waiting';
}

/** Whether the text is there, and its speakers are being told apart. */
export function useIsTellingApart(recordingId: string): boolean {
  const job = useLibrary(({ recordings }) => recordings.get(recordingId)?.job);
  const progress = useJobs((store) => store.progress[job?.id ?? '']) ?? job?.progress;
  return job?.state === 'running' && progress?.stage === 'diarize';
}
