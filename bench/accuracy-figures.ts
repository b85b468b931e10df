import {
  type AlignmentStep,
  alignReference,
  countErrors,
  totalErrors,
  type WordErrors,
} from './align-words.ts';
import { comparableWords } from './comparable-words.ts';
import type { HeardWord } from './heard-words.ts';
import type { ReferenceSegment } from './reference-recordings.ts';

/** A word of the reference, with what is known of it. */
interface SaidWord {
  readonly text: string;
  readonly segment: ReferenceSegment;
  readonly isFirst: boolean;
}

/** The accuracy of one recording's transcript. */
export interface AccuracyFigures {
  /** Words of the reference. */
  readonly words: number;
  readonly errors: WordErrors;
  readonly errorCount: number;
  /**
   * For each sentence whose first word was matched, the absolute difference in ms of the start of the segment
   * that contains this word from the sentence's.
   */
  readonly segmentStartErrorsMs: readonly number[];
  /** The same for the start of the word itself; empty if the program reports no word times. */
  readonly wordStartErrorsMs: readonly number[];
  /** Sentences whose first word was not matched, so that their start could not be compared. */
  readonly unmatchedStarts: number;
  /** Reference words that were matched to a word in the right language. */
  readonly rightLanguage: number;
  /** Reference words that were matched to a word of the right speaker: `Speaker 1` for number 0. */
  readonly rightSpeaker: number;
  /** How many different speakers were named. */
  readonly speakers: number;
  /** The word errors, `+heard`, `-said` or `said→heard`, in order. */
  readonly mistakes: readonly string[];
}

/** Compares a transcript with its reference. Both in the order of time. */
export function accuracyOf(
  reference: readonly ReferenceSegment[],
  heard: readonly HeardWord[],
): AccuracyFigures {
  const said = reference.flatMap((segment) =>
    comparableWords(segment.text).map((text, index): SaidWord => ({ text, segment, isFirst: index === 0 })),
  );
  const steps = alignReference(
    said.map(({ text }) => text),
    heard.map(({ text }) => text),
  );
  const errors = countErrors(steps);
  const pairs = steps.flatMap((step) => pairOf(step, said, heard));
  const starts = pairs.filter(({ from }) => from.isFirst);
  return {
    words: said.length,
    errors,
    errorCount: totalErrors(errors),
    segmentStartErrorsMs: starts.map(({ from, to }) => distanceMs(from, to.segmentStartMs)),
    wordStartErrorsMs: starts.flatMap(({ from, to }) =>
      to.startMs === null ? [] : [distanceMs(from, to.startMs)],
    ),
    unmatchedStarts: reference.length - starts.length,
    rightLanguage: pairs.filter(({ from, to }) => from.segment.language === to.language).length,
    rightSpeaker: pairs.filter(({ from, to }) => to.speaker === `Speaker ${from.segment.speaker + 1}`).length,
    speakers: new Set(heard.flatMap(({ speaker }) => (speaker === null ? [] : [speaker]))).size,
    mistakes: steps.flatMap((step) => describeMistake(step, said, heard)),
  };
}

function pairOf(step: AlignmentStep, said: readonly SaidWord[], heard: readonly HeardWord[]) {
  if (step.kind === 'deleted' || step.kind === 'inserted') return [];
  const from = said[step.reference];
  const to = heard[step.heard];
  return from === undefined || to === undefined ? [] : [{ from, to }];
}

function distanceMs(from: SaidWord, startMs: number): number {
  return Math.abs(startMs - from.segment.start * 1000);
}

function describeMistake(
  step: AlignmentStep,
  said: readonly SaidWord[],
  heard: readonly HeardWord[],
): string[] {
  switch (step.kind) {
    case 'same':
      return [];
    case 'substituted':
      return [`${said[step.reference]?.text}→${heard[step.heard]?.text}`];
    case 'deleted':
      return [`-${said[step.reference]?.text}`];
    case 'inserted':
      return [`+${heard[step.heard]?.text}`];
  }
}
