import { create } from 'zustand';
import type { CoreEvent, JobProgress } from '../../src/contract/events.ts';

interface JobsStore {
  /** By job id; only of jobs that are running. */
  readonly progress: Readonly<Record<string, JobProgress>>;
  /** The words of the window in hand, by job id: they may still change. */
  readonly heard: Readonly<Record<string, string>>;
}

const EMPTY: JobsStore = { progress: {}, heard: {} };

/** What running jobs tell ten times a second, kept apart from the library so that only their own rows are drawn again. */
export const useJobs = create<JobsStore>(() => EMPTY);

/** Takes an event of the core; those that are not about a running job change nothing. */
export function takeJobEvent(event: CoreEvent): void {
  switch (event.type) {
    case 'jobProgress':
      useJobs.setState(({ progress }) => ({ progress: { ...progress, [event.jobId]: event.progress } }));
      return;
    case 'interimText':
      useJobs.setState(({ heard }) => ({ heard: { ...heard, [event.jobId]: event.text } }));
      return;
    case 'segmentsCommitted': {
      const last = event.segments.at(-1);
      if (last) useJobs.setState(({ heard }) => ({ heard: { ...heard, [event.jobId]: last.text } }));
      return;
    }
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

/** Forgets everything: the vault is locked. */
export function clearJobs(): void {
  useJobs.setState(EMPTY, true);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
