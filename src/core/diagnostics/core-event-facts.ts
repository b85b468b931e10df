import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../contract/diagnostics.ts';
import type { CoreEvent, EventSink } from '../../contract/events.ts';
import { note } from './note.ts';

/** The same sink, with every event on the progress of work noted first. */
export function noting(emit: EventSink): EventSink {
  return (event) => {
    const fact = factOf(event);
    if (fact !== null) note(fact);
    emit(event);
  };
}

function factOf(event: CoreEvent): Diagnostic | null {
  switch (event.type) {
    case 'recordingReady':
      return {
        event: 'importEnded',
        recording: tagOf(event.recordingId),
        durationSeconds: inSeconds(event.durationMs),
        channels: event.channels,
        layout: event.layout,
        incomplete: event.incomplete,
      };
    case 'importFailed':
      return { event: 'importFailed', recording: tagOf(event.recordingId), code: event.failure.code };
    case 'jobStarted':
      return {
        event: 'jobStarted',
        job: tagOf(event.jobId),
        recording: tagOf(event.recordingId),
        attempt: event.attempt,
        resumed: event.resumed,
      };
    case 'jobHindered':
      return { event: 'jobHindered', job: tagOf(event.jobId), code: event.failure.code };
    case 'jobEnded': {
      const { figures } = event;
      return {
        event: 'jobEnded',
        job: tagOf(event.jobId),
        recording: tagOf(event.recordingId),
        state: event.state,
        code: event.failure?.code ?? null,
        willRetry: event.retryAtMs !== null,
        audioSeconds: figures && inSeconds(figures.audioMs),
        tookSeconds: figures && inSeconds(figures.wallMs),
        windows: figures?.windows ?? null,
        peakMemoryMb: figures && Math.round(figures.peakMemoryBytes / 1024 ** 2),
      };
    }
    case 'recordingAdded':
    case 'languageDetected':
    case 'jobProgress':
    case 'interimText':
    case 'segmentsCommitted':
    case 'liveSegmentsCommitted':
    case 'speakersTold':
    case 'textCorrected':
    case 'rangeRetranscribed':
    case 'finalTranscribed':
    case 'textAligned':
    case 'exported':
    case 'transcriptRescued':
      return null;
  }
}

/** The beginning of an id's hash: the id itself reveals when a recording was made, and is its key in the database. */
export function tagOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 8);
}

/** To the second: to the millisecond a length identifies a recording. */
export function inSeconds(ms: number): number {
  return Math.round(ms / 1000);
}
