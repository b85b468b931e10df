import { readFileSync } from 'node:fs';
import { TranscriptFile } from '../src/core/export/transcript-file.ts';
import { comparableWords } from './comparable-words.ts';
import type { HeardText } from './speech/speech-score.ts';

/** A transcribed word, normalised for comparison. */
export interface HeardWord {
  readonly text: string;
  /** In milliseconds of the recording; null if the program reports no word times. */
  readonly startMs: number | null;
  /** Start of the word's segment. */
  readonly segmentStartMs: number;
  /** Null if the program reports none. */
  readonly speaker: string | null;
  readonly language: string | null;
}

/** The whole text of a transcript that VoiceSync exported as JSON, and its detected language, else the given one. */
export function textOfTranscript(file: string): HeardText {
  const { recording, segments } = TranscriptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    text: segments.map(({ text }) => text).join(' '),
    language: recording.detectedLanguage?.language ?? segments[0]?.language ?? null,
  };
}

/** The words of a transcript that VoiceSync exported as JSON. */
export function wordsOfTranscript(file: string): HeardWord[] {
  const { segments } = TranscriptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  return segments.flatMap((segment) => {
    const { startMs: segmentStartMs, speaker, language } = segment;
    const words = segment.words.flatMap((word) =>
      comparableWords(word.text).map((text) => ({ text, startMs: word.startMs })),
    );
    // The words must be the text that a reader sees.
    if (words.map(({ text }) => text).join('') !== comparableWords(segment.text).join('')) {
      throw new Error('the words of a segment are not its text');
    }
    return words.map((word) => ({ ...word, segmentStartMs, speaker, language }));
  });
}
