import type { ModelAdvice } from '../../contract/models.ts';
import { shapeByName, windowWork } from '../../core/models/model-size.ts';
import type { ModelList } from '../../core/models/model-store.ts';
import { OFFICIAL_MODELS_URL, type OfficialModel } from '../../core/models/official-models.ts';
import { nextLargerModel } from '../../core/models/recommended-model.ts';
import type { ModelsHere } from './this-machine.ts';

/**
 * The one larger model to bring onto this machine: the best that it runs well or, if that is here already or is the bundled
 * one, the next above those that are here.
 */
export function modelAdvice({ installed }: ModelList, here: ModelsHere): ModelAdvice {
  const largestHere = Math.max(
    0,
    ...installed.filter(({ facts }) => facts.multilingual).map(({ facts }) => windowWork(facts)),
  );
  const best = here.recommended;
  const bestWork = windowWork(shapeByName(best.name) ?? { encoderLayers: 0, decoderLayers: 0, width: 0 });
  if (bestWork > largestHere) return adviceOn(best, 'suits', here);
  const larger = nextLargerModel(largestHere);
  if (larger !== null) return adviceOn(larger, 'slow', here);
  return adviceOn(
    best,
    'here',
    here,
    installed.some(({ name }) => name === best.name),
  );
}

function adviceOn(
  model: OfficialModel,
  verdict: ModelAdvice['verdict'],
  here: ModelsHere,
  isInstalled = false,
): ModelAdvice {
  const { name, file, sizeBytes, sha256, publishedAt = OFFICIAL_MODELS_URL } = model;
  const { memory, expectedHourMs } = here.ofOfficial(model);
  const { cores, memoryBytes } = here.machine;
  return {
    machine: { threads: cores, memoryBytes },
    ...{ name, file, sizeBytes, sha256, memory, expectedHourMs, isInstalled, verdict },
    address: `${publishedAt}/${file}`,
    isMeasured: here.isMeasured,
  };
}
