import { describeError } from '../contract/error-messages.ts';
import { errorOf } from '../contract/errors.ts';
import type { Job } from '../core/database/repositories/jobs.ts';
import { shortClockTime } from '../core/export/clock-times.ts';
import { fileSize, seconds, timeOfDay, timesRealTime } from './quantities.ts';
import { shortId } from './short-id.ts';
import { table } from './table.ts';
import { LANGUAGE, SAY } from './words.ts';

/** The jobs of a queue, in its order, with why the failed ones failed. */
export function jobTable(jobs: readonly Job[]): string {
  const { job, recording, state, attempts, retryAt, reason } = SAY.headings;
  const rows = jobs.map(({ id, recordingName, state: now, attempts: count, retryAtMs, failure }) => [
    shortId(id),
    recordingName,
    SAY.jobStates[now],
    String(count),
    retryAtMs === null ? '' : timeOfDay(retryAtMs),
    failure === null ? '' : describeError(errorOf(failure), LANGUAGE).what,
  ]);
  return table([job, recording, state, attempts, retryAt, reason], rows);
}

/** What each job’s last attempt has cost. */
export function metricsTable(jobs: readonly Job[]): string {
  const { job, recording, state, waited, decoding, inference, length, speed, memory } = SAY.headings;
  const rows = jobs.map(({ id, recordingName, state: now, figures }) => [
    shortId(id),
    recordingName,
    SAY.jobStates[now],
    ...(figures === null
      ? ['', '', '', '', '', '']
      : [
          seconds(figures.queueWaitMs),
          seconds(figures.decodeMs),
          seconds(figures.inferenceMs),
          shortClockTime(figures.audioMs),
          now !== 'done' || figures.wallMs === 0 ? '' : timesRealTime(figures.audioMs / figures.wallMs),
          fileSize(figures.peakMemoryBytes),
        ]),
  ]);
  return table([job, recording, state, waited, decoding, inference, length, speed, memory], rows);
}
