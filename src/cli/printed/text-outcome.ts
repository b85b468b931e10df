import type { TextOutcome } from '../../contract/existing-text.ts';
import type { Texts } from '../texts.ts';
import { wholePercent } from './quantities.ts';

/** What became of an existing text, as a line. */
export function textOutcomeLine(
  { say, language }: Texts,
  { recording: name, file, outcome }: { recording: string; file: string; outcome: TextOutcome },
): string {
  if (outcome.state === 'waiting') return say('textWaits', { name, file });
  const { fit } = outcome;
  // Never rounded up to all of them.
  const percent = wholePercent(Math.floor((100 * fit.foundWords) / Math.max(1, fit.words)) / 100, language);
  if (outcome.state === 'unlike') return say('textUnlike', { name, file, percent });
  const { notHeard, notInText } = fit;
  return say('textAdded', { name, file, percent, number: outcome.versionNumber, notHeard, notInText });
}
