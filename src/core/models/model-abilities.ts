import { AppError } from '../../contract/errors.ts';
import type { JobOptions } from '../../contract/job.ts';

/** What a model is able to do, as its header or the engine that has loaded it reports. */
export interface ModelAbilities {
  readonly multilingual: boolean;
  readonly canTranslate: boolean;
}

/** Languages that an English-only model accepts: it detects none, and transcribes all audio as English. */
const ENGLISH_MODEL_TAKES: readonly string[] = ['auto', 'mixed', 'en'];

/**
 * Throws if a model is not able to do what a job requires: `model.cannotTranslate`, `model.englishOnly`.
 * @param model its name, for the error.
 */
export function assertAble(
  model: string,
  { multilingual, canTranslate }: ModelAbilities,
  { language, translate }: Pick<JobOptions, 'language' | 'translate'>,
): void {
  if (translate && !canTranslate) throw new AppError('model.cannotTranslate', { model });
  if (!multilingual && !ENGLISH_MODEL_TAKES.includes(language)) {
    throw new AppError('model.englishOnly', { model, language });
  }
}
