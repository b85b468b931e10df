import type { InstalledModel, ModelList, ModelSpeed } from '../../app/models/models.ts';
import { ModelsHere } from '../../app/models/this-machine.ts';
import { failureOf } from '../../contract/errors.ts';
import type { Locale } from '../../contract/locale.ts';
import { z } from '../../contract/schema.ts';
import { sha256, sizeBytes } from './listing-fields.ts';
import { ToldFailure, toldFailure } from './told-failure.ts';

/** What `models list --json` prints. */
export const ModelListing = z.strictObject({
  models: z.array(
    z.strictObject({
      name: z.string(),
      path: z.string(),
      sizeBytes,
      sha256,
      verification: z.enum(['verified', 'notInCatalogue', 'altered']),
      isDefault: z.boolean(),
      isBundled: z.boolean(),
      multilingual: z.boolean(),
      canTranslate: z.boolean(),
      memoryBytes: z.int().positive(),
      memoryIsMeasured: z.boolean(),
      hourMs: z.int().positive().nullable(),
      measuredAt: z.iso.datetime().nullable(),
    }),
  ),
  unusable: z.array(z.strictObject({ path: z.string(), failure: ToldFailure })),
  available: z.array(z.strictObject({ name: z.string(), sizeBytes, sha256 })),
  recommended: z.strictObject({ name: z.string(), sizeBytes, isHere: z.boolean() }),
  machine: z.strictObject({ cores: z.int().positive(), memoryBytes: z.int().positive() }),
});

/** The models of this machine, and the official ones that are not here. */
export function modelListing(
  { installed, available, unusable }: ModelList,
  speeds: readonly ModelSpeed[],
  language: Locale,
): z.infer<typeof ModelListing> {
  const here = new ModelsHere(speeds, installed);
  const best = here.recommended;
  return {
    models: installed.map((model) => ({
      ...memoryAndSpeed(here, model),
      name: model.name,
      path: model.path,
      sizeBytes: model.sizeBytes,
      sha256: model.sha256,
      verification: model.verification,
      isDefault: model.isDefault,
      isBundled: model.isBundled,
      multilingual: model.facts.multilingual,
      canTranslate: model.facts.canTranslate,
    })),
    unusable: unusable.map(({ path, error }) => ({ path, failure: toldFailure(failureOf(error), language) })),
    available: available.map(({ name, sizeBytes: size, sha256: hash }) => ({
      name,
      sizeBytes: size,
      sha256: hash,
    })),
    recommended: {
      name: best.name,
      sizeBytes: best.sizeBytes,
      isHere: installed.some(({ name }) => name === best.name),
    },
    machine: here.machine,
  };
}

/** What a model needs of this machine, and how long it takes for an hour of speech if that was measured. */
function memoryAndSpeed(here: ModelsHere, model: InstalledModel) {
  const { memory, speed } = here.ofInstalled(model);
  return {
    memoryBytes: memory.needBytes,
    memoryIsMeasured: memory.isMeasured,
    hourMs: speed?.hourMs ?? null,
    measuredAt: speed === null ? null : new Date(speed.measuredAtMs).toISOString(),
  };
}
