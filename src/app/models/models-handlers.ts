import type { Handlers } from '../../contract/ipc.ts';
import type { ModelView } from '../../contract/views.ts';
import type { Models } from './models.ts';

/** Dependencies of the model requests. */
export interface ModelsApp {
  readonly models: Models;
  readonly intake: {
    /** Copies a model onto this machine and sends it to the window. */
    bringInModel(file: string): Promise<ModelView>;
    /** Sends the models to the window, and returns them. */
    modelsChanged(): Promise<ModelView[]>;
  };
}

/**
 * Request handlers of speech models.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseModel lets the user choose a file; null if cancelled.
 */
export function modelsHandlers(
  open: () => ModelsApp,
  chooseModel: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `models.${string}`>> {
  return {
    'models.list': () => open().models.views(),
    'models.importChosen': async () => {
      const { intake } = open();
      const file = await chooseModel();
      return file === null ? null : await intake.bringInModel(file);
    },
    'models.makeDefault': async ({ name }) => {
      await open().models.makeDefault(name);
      return await open().intake.modelsChanged();
    },
    'models.remove': async ({ name }) => {
      await open().models.remove(name);
      return await open().intake.modelsChanged();
    },
  };
}
