import type { MatterView, TranscriptionChoice } from './views.ts';

/** Default options. */
export const DEFAULT_CHOICE: TranscriptionChoice = {
  model: null,
  language: 'auto',
  prompt: '',
  speakers: 'auto',
  speakerCount: null,
  translate: false,
  keepSilence: false,
};

/** Default initial prompt: a matter's vocabulary. */
export function expectedWords(vocabulary: readonly string[]): string {
  return vocabulary.join(', ');
}

/** The options that a recording in this matter, or in none, starts with: the matter's, then the default ones. */
export function startingChoice(
  matter: Pick<MatterView, 'vocabulary' | 'options'> | undefined,
): TranscriptionChoice {
  if (matter === undefined) return DEFAULT_CHOICE;
  const chosen = Object.entries(matter.options).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_CHOICE, prompt: expectedWords(matter.vocabulary), ...Object.fromEntries(chosen) };
}
