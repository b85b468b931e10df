import { PART_MS } from '../../../../contract/audio.ts';
import type { SpeechSpan } from '../../../speech/speech-detector.ts';
import { type PlannedWindow, WindowPacker, windowDurationMs } from '../../../speech/window-packer.ts';
import { windowSpan } from '../../range-first.ts';
import type { Timeline, TimelineEvent } from './timeline.ts';

/** The conditions of an attempt, from which its timeline is made. */
export interface Circumstances {
  readonly recordingMs: number;
  /** The speech: start and length of each range, in order. */
  readonly spans: readonly (readonly [startMs: number, lengthMs: number])[];
  /** How long a window takes that begins `sinceMs` after the attempt's start. */
  readonly tookMs: (window: { index: number; audioMs: number; sinceMs: number }) => number;
  /** How long the source is still being read; 0 if it is in the vault already. */
  readonly readingMs: number;
  /** Number of windows that an earlier attempt finished. */
  readonly finishedEarlier?: number;
}

/** Until the model is loaded. */
const LOADING_MS = 300;
/** Time for the export of the documents at the end. */
const EXPORTING_MS = 270;
/** Of a window's time, the encoder's: nothing is reported meanwhile. */
const SILENT_SHARE = 0.6;

/** The timeline of an attempt under such circumstances, with the windows that the product would plan. */
export function madeTimeline(circumstances: Circumstances): Timeline {
  const { recordingMs, readingMs, tookMs, finishedEarlier = 0 } = circumstances;
  const events: TimelineEvent[] = [
    [0, 'enter', 'load'],
    [0, 'reading', readingMs > 0],
    [LOADING_MS, 'channelsKnown', 1],
    [LOADING_MS, 'enter', 'transcribe'],
  ];
  const detectedAt = (timeMs: number) =>
    Math.max(LOADING_MS, (readingMs * Math.min(timeMs, recordingMs)) / recordingMs);
  events.push(...detectedParts(circumstances, detectedAt));
  if (readingMs > 0) events.push([Math.max(LOADING_MS, readingMs), 'reading', false]);

  let now = LOADING_MS;
  for (const [index, window] of windowsOf(circumstances).entries()) {
    const { endMs } = windowSpan(window);
    const pieces = window.pieces.map(
      ({ recordingStartMs, durationMs }) => [recordingStartMs, durationMs] as const,
    );
    now = Math.max(now, detectedAt(endMs + PART_MS));
    const audioMs = windowDurationMs(window);
    const took = tookMs({ index, audioMs, sinceMs: now });
    if (index < finishedEarlier) {
      events.push([now, 'finishedEarlier', 0, pieces, took, endMs]);
      continue;
    }
    events.push([now, 'windowBegins', 0, pieces]);
    const { startMs } = windowSpan(window);
    for (const percent of [25, 50, 75, 99]) {
      const atMs = now + took * (SILENT_SHARE + (1 - SILENT_SHARE) * (percent / 100));
      events.push([atMs, 'advance', startMs + ((endMs - startMs) * percent) / 100]);
    }
    now += took;
    events.push([now, 'windowEnds', endMs]);
  }
  events.push([now, 'enter', 'assemble'], [now, 'enter', 'export'], [now + EXPORTING_MS, 'close']);
  // Events of the same time stay in this order: detection before what is made of it.
  const timeOf = (event: TimelineEvent) => event[0];
  return { recordingMs, delivers: true, events: events.sort((a, b) => timeOf(a) - timeOf(b)) };
}

function detectedParts(
  { recordingMs, spans }: Circumstances,
  detectedAt: (timeMs: number) => number,
): TimelineEvent[] {
  const events: TimelineEvent[] = [];
  for (let fromMs = 0; fromMs < recordingMs; fromMs += PART_MS) {
    const toMs = fromMs + PART_MS;
    const detected = spans.filter(([startMs]) => startMs >= fromMs && startMs < toMs);
    events.push([detectedAt(toMs), 'detected', 0, detected, toMs < recordingMs ? toMs : null]);
  }
  return events;
}

function windowsOf({ spans }: Circumstances): PlannedWindow[] {
  const packer = new WindowPacker();
  const windows = spans.flatMap(([startMs, lengthMs]) => {
    const span: SpeechSpan = { startMs, endMs: startMs + lengthMs, speech: [] };
    return [...packer.advance(startMs), ...packer.add(span)];
  });
  return [...windows, ...packer.finish()];
}
