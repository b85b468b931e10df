import type { TimedEvent } from './voicesync.ts';

/** The ETAs of one attempt at a job. */
export interface ToldTimes {
  /** From the attempt's start to its end. */
  readonly durationMs: number;
  /** The ETA of each progress report that has one, in ms since the attempt's start. */
  readonly reports: readonly { readonly percent: number; readonly readyMs: number }[];
}

/**
 * The ETAs of a run's attempts, in the order of their ends. `startedAtMs` is when the run was started, in milliseconds
 * since 1970: events count from then on.
 */
export function toldTimes(events: readonly TimedEvent[], startedAtMs: number): ToldTimes[] {
  const begun = new Map<string, { atMs: number; reports: { percent: number; readyAtMs: number }[] }>();
  const attempts: ToldTimes[] = [];
  for (const { event, atMs } of events) {
    if (event.type === 'jobStarted') begun.set(event.jobId, { atMs, reports: [] });
    if (event.type === 'jobProgress') {
      const { percent, readyAtMs } = event.progress;
      if (percent !== null && readyAtMs !== null)
        begun.get(event.jobId)?.reports.push({ percent, readyAtMs });
    }
    if (event.type !== 'jobEnded') continue;
    const attempt = begun.get(event.jobId);
    if (attempt === undefined) continue;
    attempts.push({
      durationMs: atMs - attempt.atMs,
      reports: attempt.reports.map(({ percent, readyAtMs }) => ({
        percent,
        readyMs: readyAtMs - startedAtMs - attempt.atMs,
      })),
    });
  }
  return attempts;
}

/** The largest error of an ETA, as a share of the attempt's whole duration; null if there was none. */
export function worstDeviation({ durationMs, reports }: ToldTimes): number | null {
  if (reports.length === 0) return null;
  return Math.max(...reports.map(({ readyMs }) => Math.abs(readyMs - durationMs))) / durationMs;
}
