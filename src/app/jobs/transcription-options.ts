import { AppError } from '../../contract/errors.ts';
import type { JobOptions } from '../../contract/job.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type { ModelStore } from '../../core/models/model-store.ts';

/** What is used where nothing was chosen. */
export const DEFAULT_CHOICE: TranscriptionChoice = {
  model: null,
  language: 'auto',
  prompt: '',
  speakers: 'auto',
  translate: false,
  keepSilence: false,
};

/**
 * The options of a job for what the user chose; the matter's vocabulary is expected where no other is given. Throws the
 * model store's errors and `model.cannotTranslate`.
 */
export async function jobOptionsFor(
  models: ModelStore,
  choice: TranscriptionChoice,
  vocabulary: readonly string[],
): Promise<JobOptions> {
  const { choice: model, facts } = await models.resolve(choice.model);
  if (choice.translate && !facts.canTranslate) {
    throw new AppError('model.cannotTranslate', { model: model.name });
  }
  const { language, speakers, translate, keepSilence } = choice;
  const prompt = choice.prompt === '' ? vocabulary.join(', ') : choice.prompt;
  return { model, language, prompt, speakers, translate, keepSilence, threads: null, beamSize: null };
}

/** What the user chose for a job. */
export function choiceOf(options: JobOptions): TranscriptionChoice {
  const { model, language, prompt, speakers, translate, keepSilence } = options;
  return { model: model.name, language, prompt, speakers, translate, keepSilence };
}
