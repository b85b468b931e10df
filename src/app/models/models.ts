import { AppError } from '../../contract/errors.ts';
import type { ModelSpeed } from '../../core/models/model-speeds.ts';
import {
  type InstalledModel,
  type ModelList,
  ModelStore,
  type ResolvedModel,
} from '../../core/models/model-store.ts';
import { BUNDLED_MODEL } from '../../core/models/official-models.ts';

export type { InstalledModel, ModelList, ModelSpeed };

/** The speech models of this machine. No vault is needed, but an open one knows which models its jobs need. */
export class Models {
  readonly #store: ModelStore;
  readonly #isNeeded: (name: string) => Promise<boolean>;

  /** @param isNeeded whether unfinished work uses the model of this name. */
  constructor(store = new ModelStore(), isNeeded: (name: string) => Promise<boolean> = async () => false) {
    this.#store = store;
    this.#isNeeded = isNeeded;
  }

  /** The same models, some of them needed by unfinished work. */
  besides(isNeeded: (name: string) => Promise<boolean>): Models {
    return new Models(this.#store, isNeeded);
  }

  /** What is installed, and what is not: see `ModelStore.list`. */
  list(): Promise<ModelList> {
    return this.#store.list();
  }

  /** The speeds that were measured. */
  speeds(): Promise<readonly ModelSpeed[]> {
    return this.#store.speeds();
  }

  /** Stores a measured speed beside the models. Throws the model store's errors. */
  async keepSpeed(speed: ModelSpeed): Promise<void> {
    await this.#store.keepSpeed(speed);
  }

  /** Learns how fast a model is from a finished job: see `ModelStore.learnFrom`. */
  async learnFrom(...learnt: Parameters<ModelStore['learnFrom']>): Promise<void> {
    await this.#store.learnFrom(...learnt);
  }

  /** The model of this name or in this file, null for the default: see `ModelStore.resolve`, whose errors it throws. */
  resolve(nameOrFile: string | null): Promise<ResolvedModel> {
    return this.#store.resolve(nameOrFile);
  }

  /** Copies a model file onto this machine and checks it. Throws the model store's errors. */
  import(
    file: string,
    onProgress: (copiedBytes: number, totalBytes: number) => void,
  ): Promise<InstalledModel> {
    return this.#store.import(file, { onProgress });
  }

  /**
   * Makes a model the default instead of the bundled one, if it is larger and for as many languages; a default that
   * the user chose stays.
   */
  async preferIfBetter({ name, facts }: InstalledModel): Promise<void> {
    const usual = await this.#store.resolve(null);
    if (usual.choice.name !== BUNDLED_MODEL.name) return;
    if (facts.multilingual && facts.encoderLayers > usual.facts.encoderLayers) await this.makeDefault(name);
  }

  /** Makes this model the default. Throws the model store's errors. */
  async makeDefault(name: string): Promise<void> {
    await this.#store.setDefault(name);
  }

  /** Deletes a model from this machine. Throws `model.inUse` while a job needs it, and the model store's errors. */
  async remove(name: string): Promise<void> {
    if (await this.#isNeeded(name)) throw new AppError('model.inUse', { model: name });
    await this.#store.remove(name);
  }
}
