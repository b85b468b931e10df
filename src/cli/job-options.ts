import { dirname, resolve } from 'node:path';
import { type Delivery, FULL_CONTENT } from '../contract/document.ts';
import { AppError } from '../contract/errors.ts';
import type { JobOptions } from '../contract/job.ts';
import { transcriptNames, type WrittenRecording, withoutEnding } from '../core/delivery/transcript-names.ts';
import { safeBaseName } from '../core/export/safe-file-name.ts';
import { ModelStore } from '../core/models/model-store.ts';
import { formatOptionsFrom } from './format-flags.ts';
import type { DeliveryFlags, TranscriptionFlags } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * The job options that the flags ask for. Throws the model store's errors, and whatever the model is not able to do:
 * `model.cannotTranslate`, `model.englishOnly`.
 */
export async function jobOptions(flags: TranscriptionFlags): Promise<JobOptions> {
  const { choice, facts } = await new ModelStore().resolve(flags.model ?? null);
  if (flags.translate && !facts.canTranslate)
    throw new AppError('model.cannotTranslate', { model: choice.name });
  if (!facts.multilingual && !['auto', 'mixed', 'en'].includes(flags.language)) {
    throw new AppError('model.englishOnly', { model: choice.name, language: flags.language });
  }
  return {
    model: choice,
    language: flags.language,
    prompt: flags.prompt ?? '',
    speakers: flags.speakers,
    translate: flags.translate ?? false,
    keepSilence: flags.keepSilence ?? false,
    threads: flags.threads ?? null,
    beamSize: flags.beamSize ?? null,
  };
}

/**
 * What is to be written for each of these recordings: into the folder that was named, else beside its source, under names
 * that tell them apart.
 */
export function deliveriesFor(
  recordings: readonly Pick<WrittenRecording, 'name' | 'sourcePath'>[],
  flags: DeliveryFlags,
  env: Terminal['env'],
): Delivery[] {
  const written = recordings.map(({ name, sourcePath }) => ({
    name,
    sourcePath,
    folder: resolve(flags.out ?? dirname(sourcePath)),
  }));
  const names = transcriptNames(written);
  return written.map(({ name, folder }, at) => ({
    folder,
    formats: flags.format,
    timestamps: flags.timestamps ?? false,
    ...(flags.timeOffset === undefined ? {} : { timeOffsetMs: flags.timeOffset }),
    overwrite: flags.overwrite ?? false,
    // A recording that is alone with its name goes by it, also where that is changed meanwhile.
    ...(names[at] === safeBaseName(withoutEnding(name)) ? {} : { baseName: names[at] }),
    content: FULL_CONTENT,
    formatOptions: formatOptionsFrom(flags, env),
  }));
}
