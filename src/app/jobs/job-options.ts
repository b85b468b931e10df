import type { JobOptions } from '../../contract/job.ts';
import { expectedWords } from '../../contract/starting-choice.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import { assertAble } from '../../core/models/model-abilities.ts';
import type { ModelStore } from '../../core/models/model-store.ts';

/** Choices of the command line alone: null leaves one to the engine. */
type EngineChoice = Pick<JobOptions, 'threads' | 'beamSize'>;

/** The user's choices for a job; the command line offers more. */
export type JobChoice = TranscriptionChoice & Partial<EngineChoice>;

/**
 * The options of a job for the user's choices; a matter's vocabulary is expected if no other is given. Throws the
 * model store's errors, and if the model lacks an ability: `model.cannotTranslate`, `model.englishOnly`.
 */
export async function jobOptionsFor(
  models: Pick<ModelStore, 'resolve'>,
  choice: JobChoice,
  vocabulary: readonly string[],
): Promise<JobOptions> {
  const { choice: model, facts } = await models.resolve(choice.model);
  const {
    language,
    speakers,
    speakerCount,
    translate,
    keepSilence,
    threads = null,
    beamSize = null,
  } = choice;
  assertAble(model.name, facts, choice);
  const prompt = choice.prompt === '' ? expectedWords(vocabulary) : choice.prompt;
  return { model, language, prompt, speakers, speakerCount, translate, keepSilence, threads, beamSize };
}

/** The user's choices for a job. */
export function choiceOf(options: JobOptions): TranscriptionChoice {
  const { model, language, prompt, speakers, speakerCount, translate, keepSilence } = options;
  return { model: model.name, language, prompt, speakers, speakerCount, translate, keepSilence };
}
