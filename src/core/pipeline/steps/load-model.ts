import { AppError } from '../../../contract/errors.ts';
import type { JobOptions } from '../../../contract/job.ts';
import { JobLanguage } from '../job-language.ts';
import { twiceAtMost } from '../twice-at-most.ts';
import type { JobStep } from './job-step.ts';

/** Loads the job's model into the engine, which keeps it from one job to the next. Throws `model.…` where it does not fit the job. */
export const loadModelStep: JobStep = {
  name: 'load',
  streams: false,
  weight: () => 1,
  async isDone(context) {
    return context.isAssembled;
  },
  async run(context, _progress, signal) {
    const { services, job } = context;
    const { options } = job;
    const { multilingual } = await twiceAtMost(() => services.engine.load(options.model.path, signal));
    checkModel(options, multilingual);
    context.language = new JobLanguage(services, job, multilingual);
  },
};

function checkModel(options: JobOptions, multilingual: boolean): void {
  if (multilingual) return;
  const model = options.model.name;
  if (options.translate) throw new AppError('model.cannotTranslate', { model });
  if (!['auto', 'mixed', 'en'].includes(options.language)) {
    throw new AppError('model.englishOnly', { model, language: options.language });
  }
}
