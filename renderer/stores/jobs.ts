import { create } from 'zustand';
import type { ForwardedEvent, JobProgress } from '../../src/contract/events.ts';

interface JobsStore {
  /** By job id; only of jobs that are running. */
  readonly progress: Readonly<Record<string, JobProgress>>;
  /** Interim text of the current window, by job id. */
  readonly heard: Readonly<Record<string, string>>;
}

const EMPTY: JobsStore = { progress: {}, heard: {} };

/** Progress events of running jobs, ten per second, apart from the library so that only their own rows are redrawn. */
export const useJobs = create<JobsStore>(() => EMPTY);

/** Applies an event of the core; those not about a running job change nothing. */
export function takeJobEvent(event: ForwardedEvent): void {
  switch (event.type) {
    case 'jobProgress':
      useJobs.setState(({ progress }) => ({ progress: { ...progress, [event.jobId]: event.progress } }));
      return;
    case 'interimText':
      useJobs.setState(({ heard }) => ({ heard: { ...heard, [event.jobId]: event.text } }));
      return;
    case 'jobEnded':
      useJobs.setState(({ progress, heard }) => ({
        progress: without(progress, event.jobId),
        heard: without(heard, event.jobId),
      }));
      return;
    default:
      return;
  }
}

/** Applies a finished window's last text. It may come after the job's end, and is not shown then. */
export function takeFinishedWords(jobId: string, text: string): void {
  useJobs.setState(({ progress, heard }) =>
    jobId in progress ? { heard: { ...heard, [jobId]: text } } : {},
  );
}

/** Clears the store: the vault is locked. */
export function clearJobs(): void {
  useJobs.setState(EMPTY, true);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
