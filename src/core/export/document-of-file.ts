import type { TranscriptDocument } from '../../contract/document.ts';
import type { SkippedRange } from '../../contract/transcript.ts';
import type { TranscriptFile } from './transcript-file.ts';

/**
 * The document of a transcript that comes as JSON: what can be written in every other format again, `jsonOf` of it being the same file. What JSON does
 * not hold is missing: the matter, edits, and turns, so that the segments alone tell who talks when. `id` is that of the recording, which JSON has not.
 */
export function documentOfFile(file: TranscriptFile, id: string): TranscriptDocument {
  const { recording, model, settings, checked, making } = file;
  const { producer, ...version } = recording.version;
  return {
    recording: {
      id,
      name: recording.name,
      sha256: recording.sha256,
      sizeBytes: recording.sizeBytes,
      durationMs: recording.durationMs,
      modifiedAtMs: recording.modifiedAtMs,
      incomplete: !recording.sourceComplete,
      assumed: recording.assumedReading,
      gain: recording.gain,
      sources: recording.sources.map(({ complete, ...source }) => ({ ...source, incomplete: !complete })),
    },
    options: settings,
    model,
    version,
    existingText: recording.existingText,
    complete: recording.complete,
    transcribedMs: recording.transcribedMs,
    timeOffsetMs: recording.timeOffsetMs,
    detectedLanguage: recording.detectedLanguage,
    live: file.transcribedLive,
    reruns: file.transcribedAgain.map(({ version: versionNumber, ...rerun }) => ({
      ...rerun,
      versionNumber,
    })),
    skipped: [
      ...skippedOf(recording.noSpeech, 'noSpeech'),
      ...skippedOf(recording.notUnderstood, 'notUnderstood'),
      ...skippedOf(recording.notInText, 'notInText'),
    ].sort((a, b) => a.startMs - b.startMs),
    otherLanguages: recording.otherLanguages,
    segments: file.segments,
    turns: [],
    markers: file.markers,
    producer,
    ...(checked !== null && { checked }),
    ...(file.pseudonymised && { pseudonymised: true as const }),
    ...(making !== null && { making }),
  };
}

function skippedOf(
  ranges: readonly { startMs: number; endMs: number }[],
  reason: SkippedRange['reason'],
): SkippedRange[] {
  return ranges.map(({ startMs, endMs }) => ({ startMs, endMs, reason }));
}
