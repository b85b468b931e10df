import type { Job } from '../../app/jobs/jobs.ts';
import { shortClockTime } from '../../contract/clock-times.ts';
import { errorOf } from '../../contract/errors.ts';
import { describeError } from '../../messages/describe-error.ts';
import { headings, type Texts } from '../texts.ts';
import { fileSize, seconds, timeOfDay, timesRealTime } from './quantities.ts';
import { shortId } from './short-id.ts';
import { table } from './table.ts';

/** The jobs of a queue, in its order, with the failed ones' errors. */
export function jobTable(jobs: readonly Job[], { say, language }: Texts): string {
  const rows = jobs.map(({ id, recordingName, range, state: now, attempts: count, retryAtMs, failure }) => [
    shortId(id),
    `${recordingName}${rangeOf(range)}`,
    say(`jobStates.${now}`),
    String(count),
    retryAtMs === null ? '' : timeOfDay(retryAtMs),
    failure === null ? '' : describeError(errorOf(failure), language).what,
  ]);
  return table(headings(say, ['job', 'recording', 'state', 'attempts', 'retryAt', 'reason']), rows);
}

/** Figures of each job’s last attempt. */
export function metricsTable(jobs: readonly Job[], { say, language }: Texts): string {
  const rows = jobs.map(({ id, recordingName, range, state: now, figures }) => [
    shortId(id),
    `${recordingName}${rangeOf(range)}`,
    say(`jobStates.${now}`),
    ...(figures === null
      ? ['', '', '', '', '', '']
      : [
          seconds(figures.queueWaitMs, language),
          seconds(figures.decodeMs, language),
          seconds(figures.inferenceMs, language),
          shortClockTime(figures.audioMs),
          now !== 'done' || figures.wallMs === 0
            ? ''
            : timesRealTime(figures.audioMs / figures.wallMs, language),
          fileSize(figures.peakMemoryBytes, language),
        ]),
  ]);
  return table(
    headings(say, [
      'job',
      'recording',
      'state',
      'waited',
      'decoding',
      'inference',
      'length',
      'speed',
      'memory',
    ]),
    rows,
  );
}

/** The range of a recording that a job is about: ` 03:12–04:40`, ` 03:12–` to the end; empty for all of it. */
function rangeOf(range: Job['range']): string {
  if (range === null) return '';
  return ` ${shortClockTime(range.startMs)}–${range.endMs === null ? '' : shortClockTime(range.endMs)}`;
}
