import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { Segment, SkippedRange } from '../../contract/transcript.ts';
import { speakerTalk } from './speaker-talk.ts';
import type { TranscriptFile } from './transcript-file.ts';

/**
 * The transcript as JSON, readable for people too: one segment's words a line. Its shape is `TranscriptFile`, described
 * by docs/transcript.schema.json. All text is verbatim.
 */
export function* jsonOf(document: TranscriptDocument): Generator<string> {
  const { recording, model, settings, transcribedLive, transcribedAgain, ...head } = headOf(document);
  yield '{\n';
  yield `  "recording": ${indented(recording)},\n`;
  yield `  "model": ${indented(model)},\n`;
  yield `  "settings": ${indented(settings)},\n`;
  yield `  "transcribedLive": ${indented(transcribedLive)},\n`;
  yield `  "transcribedAgain": ${indented(transcribedAgain)},\n`;
  yield `  "checked": ${indented(head.checked)},\n`;
  yield `  "pseudonymised": ${indented(head.pseudonymised)},\n`;
  yield `  "making": ${indented(head.making)},\n`;
  yield '  "segments": [';
  let separator = '\n    ';
  for (const segment of document.segments) {
    yield separator + JSON.stringify(segmentOf(segment));
    separator = ',\n    ';
  }
  yield document.segments.length === 0 ? '],\n' : '\n  ],\n';
  const speakers = speakerTalk(document).map(({ speaker, talkMs, turns }) => ({
    name: speaker,
    talkMs,
    turns,
  }));
  yield* listOf('speakers', speakers);
  yield ',\n';
  yield* listOf('markers', document.markers);
  yield '\n}\n';
}

/** A list with an item a line. */
function* listOf<Name extends 'speakers' | 'markers'>(
  name: Name,
  items: readonly TranscriptFile[Name][number][],
): Generator<string> {
  yield `  "${name}": [`;
  yield items.map((item) => `\n    ${JSON.stringify(item)}`).join(',');
  yield items.length === 0 ? ']' : '\n  ]';
}

function headOf(document: TranscriptDocument): Omit<TranscriptFile, 'segments' | 'speakers' | 'markers'> {
  const { recording, options, model, version } = document;
  return {
    recording: {
      name: recording.name,
      sha256: recording.sha256,
      sizeBytes: recording.sizeBytes,
      durationMs: recording.durationMs,
      modifiedAtMs: recording.modifiedAtMs,
      gain: { leastDb: recording.gain.leastDb, greatestDb: recording.gain.greatestDb },
      assumedReading: recording.assumed,
      sourceComplete: !recording.incomplete,
      sources: recording.sources.map((source) => ({
        name: source.name,
        sha256: source.sha256,
        sizeBytes: source.sizeBytes,
        modifiedAtMs: source.modifiedAtMs,
        startMs: source.startMs,
        durationMs: source.durationMs,
        complete: !source.incomplete,
      })),
      complete: document.complete,
      transcribedMs: document.transcribedMs,
      timeOffsetMs: document.timeOffsetMs ?? 0,
      noSpeech: rangesOf(document, 'noSpeech'),
      notUnderstood: rangesOf(document, 'notUnderstood'),
      notInText: rangesOf(document, 'notInText'),
      existingText: document.existingText ?? null,
      otherLanguages: document.otherLanguages.map(({ startMs, endMs, language, probability }) => ({
        startMs,
        endMs,
        language,
        probability,
      })),
      detectedLanguage: document.detectedLanguage,
      version: {
        number: version.number,
        kind: version.kind,
        ...(version.kind === 'edited' && { editedBy: version.editedBy ?? 'person' }),
        createdAtMs: version.createdAtMs,
        producer: document.producer,
      },
    },
    model: { name: model.name, sha256: model.sha256 },
    settings: {
      language: options.language,
      prompt: options.prompt,
      speakers: options.speakers,
      speakerCount: options.speakerCount,
      translate: options.translate,
      keepSilence: options.keepSilence,
      threads: options.threads,
      beamSize: options.beamSize,
    },
    transcribedLive: document.live.map(({ startMs, endMs, model: { name, sha256 } }) => ({
      startMs,
      endMs,
      model: { name, sha256 },
    })),
    transcribedAgain: document.reruns.map(({ versionNumber, ...rerun }) => ({
      startMs: rerun.startMs,
      endMs: rerun.endMs,
      model: { name: rerun.model.name, sha256: rerun.model.sha256 },
      language: rerun.language,
      detectedLanguage: rerun.detectedLanguage,
      translate: rerun.translate,
      keepSilence: rerun.keepSilence,
      version: versionNumber,
      createdAtMs: rerun.createdAtMs,
    })),
    checked: document.checked ?? null,
    pseudonymised: document.pseudonymised === true,
    making: document.making ?? null,
  };
}

function rangesOf({ skipped }: TranscriptDocument, wanted: SkippedRange['reason']): Span[] {
  return skipped.filter(({ reason }) => reason === wanted).map(({ startMs, endMs }) => ({ startMs, endMs }));
}

function segmentOf(segment: Segment): TranscriptFile['segments'][number] {
  return {
    startMs: segment.startMs,
    endMs: segment.endMs,
    text: segment.text,
    speaker: segment.speaker,
    language: segment.language,
    confidence: segment.confidence,
    flags: segment.flags,
    words: segment.words.map(({ startMs, endMs, text, confidence }) => ({
      startMs,
      endMs,
      text,
      confidence,
    })),
  };
}

function indented(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ');
}
