import { vi } from 'vitest';
import type { JobProgress } from '../../../../contract/events.ts';
import type { Job } from '../../../database/jobs/jobs.db.ts';
import type { SpeechSpan } from '../../../speech/speech-detector.ts';
import type { PlannedWindow } from '../../../speech/window-packer.ts';
import { JOB_STEPS } from '../../job-steps.ts';
import { ProgressReporter } from '../progress-reporter.ts';

type Range = readonly [startMs: number, lengthMs: number];

/** What one attempt reported, and when: milliseconds from the attempt's start. */
export type TimelineEvent =
  | readonly [atMs: number, name: 'enter', step: string]
  | readonly [atMs: number, name: 'reading', isReading: boolean]
  | readonly [atMs: number, name: 'channelsKnown', channels: number]
  /** Without a time it is the last one. */
  | readonly [
      atMs: number,
      name: 'detected',
      channel: number,
      spans: readonly Range[],
      knownUntilMs: number | null,
    ]
  | readonly [atMs: number, name: 'close']
  | readonly [
      atMs: number,
      name: 'finishedEarlier',
      channel: number,
      pieces: readonly Range[],
      tookMs: number,
      transcribedMs: number,
    ]
  | readonly [atMs: number, name: 'windowBegins', channel: number, pieces: readonly Range[]]
  | readonly [atMs: number, name: 'advance' | 'windowEnds', transcribedMs: number];

/** One attempt from its start to its end. */
export interface Timeline {
  readonly recordingMs: number;
  readonly delivers: boolean;
  readonly events: readonly TimelineEvent[];
}

/** What was reported at a time of an attempt. */
export interface Told {
  readonly atMs: number;
  readonly percent: number;
  /** The ETA, in the attempt's time; null if none was reported. */
  readonly readyMs: number | null;
}

/**
 * Replays an attempt to the real reporter, on a clock that jumps from event to event; returns all that it reported while
 * the length was known, and how long the attempt took.
 */
export function replay({ recordingMs, delivers, events }: Timeline): { told: Told[]; totalMs: number } {
  vi.useFakeTimers({ toFake: ['performance', 'Date', 'setInterval', 'clearInterval'] });
  try {
    const begunAt = Date.now();
    const told: Told[] = [];
    let isReading = false;
    // All that the steps read.
    const options = { language: 'en', speakers: 'none' };
    const job = { delivery: delivers ? {} : null, range: null, options } as Job;
    const steps = JOB_STEPS.map((step) => ({
      name: step.name,
      weight: step.weight(job),
      expectedMs: step.expectedMs && (() => step.expectedMs?.(job, recordingMs) ?? 0),
    }));
    const tell = ({ percent, readyAtMs }: JobProgress) => {
      const readyMs = readyAtMs === null ? null : readyAtMs - begunAt;
      if (percent !== null) told.push({ atMs: Date.now() - begunAt, percent, readyMs });
    };
    const reporter = new ProgressReporter(
      (event) => {
        if (event.type === 'jobProgress') tell(event.progress);
      },
      { jobId: 'job', range: null, steps, durationMs: () => recordingMs, isReading: () => isReading },
    );
    for (const event of events) {
      vi.advanceTimersByTime(Math.max(0, event[0] - (Date.now() - begunAt)));
      switch (event[1]) {
        case 'reading':
          isReading = event[2];
          if (!isReading) reporter.of('import').done(1);
          break;
        case 'detected': {
          const knownUntilMs = event[4] ?? Number.POSITIVE_INFINITY;
          reporter.detected(event[2], spansOf(event[3]), knownUntilMs);
          reporter.of('detectSpeech').doneUntil(knownUntilMs);
          break;
        }
        case 'finishedEarlier':
          reporter.finishedEarlier({ channel: event[2], window: planOf(event[3]) }, event[4], event[5]);
          break;
        case 'windowBegins':
          reporter.windowBegins({ channel: event[2], window: planOf(event[3]) });
          break;
        case 'close':
          reporter[event[1]]();
          break;
        case 'enter':
          reporter.of(event[2]).enter();
          break;
        case 'channelsKnown':
          reporter.of('load').done(1);
          reporter.channelsKnown(event[2]);
          break;
        case 'advance':
        case 'windowEnds':
          reporter[event[1]](event[2]);
          break;
      }
    }
    return { told, totalMs: events.at(-1)?.[0] ?? 0 };
  } finally {
    vi.useRealTimers();
  }
}

function spansOf(ranges: readonly Range[]): SpeechSpan[] {
  return ranges.map(([startMs, lengthMs]) => ({ startMs, endMs: startMs + lengthMs, speech: [] }));
}

/** The relevant part of a plan: which ranges are in it, and how much audio that is. */
function planOf(ranges: readonly Range[]): PlannedWindow {
  let windowStartMs = 0;
  const pieces = ranges.map(([recordingStartMs, durationMs]) => {
    const piece = { windowStartMs, recordingStartMs, durationMs, speech: [] };
    windowStartMs += durationMs;
    return piece;
  });
  return { pieces, language: null };
}
