import type { ModelView } from '../../contract/views.ts';
import type { InstalledModel, ModelStore } from '../../core/models/model-store.ts';
import { recommendedHere } from './this-machine.ts';

/** The models of this machine, and the official ones that can be imported. */
export async function modelViews(models: ModelStore): Promise<ModelView[]> {
  const { installed, available } = await models.list();
  const brought = available.map(({ name, sizeBytes, sha256 }) => ({
    name,
    sizeBytes,
    sha256,
    installed: false,
    isDefault: false,
    isBundled: false,
    isRecommended: isRecommended(name),
    verification: null,
    multilingual: null,
  }));
  return [...installed.map(modelView), ...brought];
}

/** An installed model as the window shows it. */
export function modelView(model: InstalledModel): ModelView {
  const { name, sizeBytes, sha256, isDefault, isBundled, verification, facts } = model;
  return {
    name,
    sizeBytes,
    sha256,
    installed: true,
    isDefault,
    isBundled,
    isRecommended: isRecommended(name),
    verification,
    multilingual: facts.multilingual,
  };
}

function isRecommended(name: string): boolean {
  return recommendedHere().name === name;
}
