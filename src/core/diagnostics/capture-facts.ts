import { CAPTURE_FRAME_MS, type CaptureView } from '../../contract/capture.ts';
import type { Diagnostic } from '../../contract/diagnostics.ts';
import { inSeconds, tagOf } from './core-event-facts.ts';

/** What is logged of a live recording that has ended. */
export function captureFacts({ recordingId, state, failure, durationMs, metrics }: CaptureView): Diagnostic {
  return {
    event: 'captureEnded',
    recording: tagOf(recordingId),
    state,
    code: failure?.code ?? null,
    durationSeconds: inSeconds(durationMs),
    lostFrames: metrics.framesLost,
    gapSeconds: inSeconds(metrics.gapMs),
    skippedSeconds: inSeconds(metrics.framesSkippedByLiveText * CAPTURE_FRAME_MS),
    recorderQueue: metrics.recorderQueue,
    liveQueue: metrics.liveQueue,
  };
}
