import type { Span } from '../../contract/audio.ts';
import type { TranscriptDocument } from '../../contract/document.ts';
import type { ImportedText } from '../../core/database/imported-texts.db.ts';
import { withoutSpans } from '../../core/database/windows/covered-time.ts';
import { documentOfFile } from '../../core/export/document-of-file.ts';
import { TranscriptFile } from '../../core/export/transcript-file.ts';
import { OfficeError } from '../contract/office-errors.ts';

export type { TranscriptFile };

/** The transcript in an opened result. Throws `envelope.newer` where it is not of the form that this version knows. */
export function transcriptFileIn(result: Uint8Array): TranscriptFile {
  try {
    return TranscriptFile.parse(JSON.parse(Buffer.from(result).toString('utf8')));
  } catch (error) {
    throw new OfficeError('envelope.newer', { cause: error });
  }
}

/** What the client knows of a recording, and the worker did not. */
export interface SentSource {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly modifiedAtMs: number;
}

/** The document of a result, for every format of export, with what the client knows of its source. */
export function documentOf(file: TranscriptFile, { id, name, modifiedAtMs }: SentSource): TranscriptDocument {
  // How the worker's run made its file is no business of those that are written here.
  const { making, ...document } = documentOfFile(file, id);
  const own = { name, modifiedAtMs };
  const { sources } = document.recording;
  return {
    ...document,
    recording: {
      ...document.recording,
      ...own,
      sources: sources.length === 1 ? sources.map((source) => ({ ...source, ...own })) : sources,
    },
    turns: turnsIn(file),
  };
}

/** The text of a result, for a recording with so many channels in a vault of its own. */
export function importedTextOf(
  { recording, settings, model, segments }: TranscriptFile,
  {
    recordingId,
    jobId,
    channels,
    atMs,
  }: Pick<ImportedText, 'recordingId' | 'jobId' | 'atMs'> & { channels: number },
): ImportedText {
  const whole: Span = { startMs: 0, endMs: recording.durationMs };
  return {
    ...{ recordingId, jobId, atMs },
    // A model's path is of one machine: another knows it by its name.
    options: { ...settings, model: { ...model, path: model.name } },
    detectedLanguage: recording.detectedLanguage,
    speech: withoutSpans([whole], recording.noSpeech),
    notUnderstood: recording.notUnderstood,
    otherLanguages: recording.otherLanguages,
    segments: segments.map((segment) => ({ channel: channelOf(segment.speaker, channels), segment })),
  };
}

/** Speakers with a channel each are numbered like their channels. */
function channelOf(speaker: string | null, channels: number): number {
  const number = Number(/^Speaker (\d+)$/.exec(speaker ?? '')?.[1] ?? 1);
  return number <= channels ? number - 1 : 0;
}

function turnsIn({ speakers }: TranscriptFile): TranscriptDocument['turns'] {
  const named = speakers.filter(({ name }) => name !== null);
  const turns = named.flatMap(({ turns: own }, speaker) =>
    own.map(({ startMs, endMs }) => ({ startMs, endMs, speaker, certainty: 1 })),
  );
  return turns.sort((a, b) => a.startMs - b.startMs);
}
