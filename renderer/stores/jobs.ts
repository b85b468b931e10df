import { create } from 'zustand';
import type { ForwardedEvent, JobProgress } from '../../src/contract/events.ts';

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

/** Takes the last words of a finished window. They may come when the job has ended, and are nothing to show then. */
export function takeFinishedWords(jobId: string, text: string): void {
  useJobs.setState(({ progress, heard }) =>
    jobId in progress ? { heard: { ...heard, [jobId]: text } } : {},
  );
}

/** Forgets everything: the vault is locked. */
export function clearJobs(): void {
  useJobs.setState(EMPTY, true);
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
