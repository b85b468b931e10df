import type { JobOptions } from '../../contract/job.ts';
import { expectedWords } from '../../contract/starting-choice.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import { assertAble } from '../../core/models/model-abilities.ts';
import type { ModelStore } from '../../core/models/model-store.ts';

/** What only the command line lets the user decide: null leaves it to the engine. */
type EngineChoice = Pick<JobOptions, 'threads' | 'beamSize'>;

/** What the user chose for a job; the command line lets them choose more. */
export type JobChoice = TranscriptionChoice & Partial<EngineChoice>;

/**
 * The options of a job for what the user chose; a matter's vocabulary is expected where no other is given. Throws the
 * model store's errors, and whatever the model is not able to do: `model.cannotTranslate`, `model.englishOnly`.
 */
export async function jobOptionsFor(
  models: Pick<ModelStore, 'resolve'>,
  choice: JobChoice,
  vocabulary: readonly string[],
): Promise<JobOptions> {
  const { choice: model, facts } = await models.resolve(choice.model);
  const { language, speakers, translate, keepSilence, threads = null, beamSize = null } = choice;
  assertAble(model.name, facts, choice);
  const prompt = choice.prompt === '' ? expectedWords(vocabulary) : choice.prompt;
  return { model, language, prompt, speakers, translate, keepSilence, threads, beamSize };
}

/** What the user chose for a job. */
export function choiceOf(options: JobOptions): TranscriptionChoice {
  const { model, language, prompt, speakers, translate, keepSilence } = options;
  return { model: model.name, language, prompt, speakers, translate, keepSilence };
}
