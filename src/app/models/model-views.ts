import type { ModelHere } from '../../contract/models.ts';
import type { ModelView } from '../../contract/views.ts';
import type { InstalledModel, ModelList } from '../../core/models/model-store.ts';
import type { ModelsHere } from './this-machine.ts';

/** What is being measured. */
export interface MeasuringState {
  /** Of the installed model of this name. */
  of(name: string): Pick<ModelHere, 'measuring' | 'measureFailure'>;
}

const NOT_MEASURING = { measuring: 'no', measureFailure: null } as const;

/** The models of this machine, and the official ones that can be imported. */
export function modelViews(
  { installed, available }: ModelList,
  here: ModelsHere,
  measuring: MeasuringState,
): ModelView[] {
  const recommended = here.recommended.name;
  const brought = available.map((official): ModelView => {
    const { name, sizeBytes, sha256 } = official;
    return {
      ...{ name, sizeBytes, sha256 },
      installed: false,
      isDefault: false,
      isBundled: false,
      isRecommended: name === recommended,
      verification: null,
      multilingual: null,
      here: { ...here.ofOfficial(official), ...NOT_MEASURING },
    };
  });
  return [...installed.map((model) => modelView(model, here, measuring)), ...brought];
}

/** An installed model as the window shows it. */
export function modelView(model: InstalledModel, here: ModelsHere, measuring: MeasuringState): ModelView {
  const { name, sizeBytes, sha256, isDefault, isBundled, verification, facts } = model;
  return {
    ...{ name, sizeBytes, sha256 },
    installed: true,
    isDefault,
    isBundled,
    isRecommended: name === here.recommended.name,
    verification,
    multilingual: facts.multilingual,
    here: { ...here.ofInstalled(model), ...measuring.of(name) },
  };
}
