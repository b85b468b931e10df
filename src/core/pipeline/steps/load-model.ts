import { assertAble } from '../../models/model-abilities.ts';
import { JobLanguage } from '../job-language.ts';
import { twiceAtMost } from '../twice-at-most.ts';
import type { JobStep } from './job-step.ts';

/** Loads the job's model into the engine, which keeps it from one job to the next. Throws `model.…` if it does not fit the job. */
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
    const stopped = AbortSignal.any([signal, context.atWindow]);
    const { multilingual } = await twiceAtMost(() => services.engine.load(options.model.path, stopped));
    // The engine reports no more of a model; of the multilingual ones, the header shows which translate.
    assertAble(options.model.name, { multilingual, canTranslate: multilingual }, options);
    context.language = new JobLanguage(services, job, multilingual);
  },
};
