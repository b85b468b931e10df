import { totalErrors } from '../align-words.ts';
import type { SpeechScore } from './speech-score.ts';

/** The totals of several recordings' scores. */
export interface SpeechFigures {
  readonly said: number;
  readonly errorCount: number;
  /** Word error rate of all recordings together: the quotient of the sums. 0 if nothing was said. */
  readonly errorRate: number;
  /** Recordings with speech whose language was detected rightly, and all with speech. */
  readonly rightLanguages: number;
  readonly withSpeech: number;
  /** Words transcribed in recordings without speech. */
  readonly invented: number;
}

/** Adds up scores. */
export function speechFigures(scores: readonly SpeechScore[]): SpeechFigures {
  const spoken = scores.filter(({ isLanguageRight }) => isLanguageRight !== null);
  const said = spoken.reduce((sum, score) => sum + score.said, 0);
  const errorCount = spoken.reduce((sum, score) => sum + totalErrors(score.errors), 0);
  return {
    ...{ said, errorCount, errorRate: said === 0 ? 0 : errorCount / said },
    rightLanguages: spoken.filter(({ isLanguageRight }) => isLanguageRight).length,
    withSpeech: spoken.length,
    invented: scores
      .filter(({ isLanguageRight }) => isLanguageRight === null)
      .reduce((sum, { heard }) => sum + heard, 0),
  };
}
