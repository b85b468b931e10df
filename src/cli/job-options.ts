import { dirname, resolve } from 'node:path';
import type { Delivery } from '../contract/document.ts';
import { AppError } from '../contract/errors.ts';
import type { JobOptions } from '../contract/job.ts';
import { ModelStore } from '../core/models/model-store.ts';
import type { DeliveryFlags, TranscriptionFlags } from './options.ts';

/** The job options that the flags ask for. Throws the model store's errors. */
export async function jobOptions(flags: TranscriptionFlags): Promise<JobOptions> {
  const { choice, facts } = await new ModelStore().resolve(flags.model ?? null);
  if (flags.translate && !facts.canTranslate)
    throw new AppError('model.cannotTranslate', { model: choice.name });
  return {
    model: choice,
    language: flags.language,
    prompt: flags.prompt,
    speakers: flags.speakers,
    translate: flags.translate,
    keepSilence: flags.keepSilence,
    threads: flags.threads ?? null,
  };
}

/** What is to be written for a recording: into the folder that was named, else beside its source. */
export function deliveryFor(sourcePath: string, flags: DeliveryFlags): Delivery {
  return {
    folder: resolve(flags.out ?? dirname(sourcePath)),
    formats: flags.format,
    timestamps: flags.timestamps,
    overwrite: flags.overwrite,
  };
}
