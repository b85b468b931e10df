import type { Handlers } from '../../contract/ipc.ts';
import type { Locale } from '../../contract/locale.ts';
import type { ModelTrial } from '../../contract/models.ts';
import type { ModelView, TranscriptionChoice } from '../../contract/views.ts';
import type { Measurements } from './measurements.ts';
import { modelRequestText } from './model-request.ts';
import type { Models } from './models.ts';

/** Dependencies of the model requests. */
export interface ModelsApp {
  readonly models: Models;
  readonly measurements: Measurements;
  readonly trials: {
    /** See `ModelTrials.try`. */
    try(recordingId: string, models: readonly string[], choice: TranscriptionChoice): Promise<ModelTrial>;
    stop(): Promise<void>;
  };
  readonly intake: {
    /** Copies a model onto this machine and sends it to the window. */
    bringInModel(file: string): Promise<ModelView>;
    /** Sends the models to the window, and returns them. */
    modelsChanged(): Promise<ModelView[]>;
  };
}

/** What the model requests need of the program. */
export interface ModelsShell {
  /** Lets the user choose a file; null if cancelled. */
  readonly chooseModel: () => Promise<string | null>;
  readonly copy: (text: string) => void;
  readonly language: () => Locale;
}

/**
 * Request handlers of speech models.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function modelsHandlers(
  open: () => ModelsApp,
  { chooseModel, copy, language }: ModelsShell,
): Pick<Handlers, Extract<keyof Handlers, `models.${string}`>> {
  return {
    'models.list': () => open().measurements.views(),
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
    'models.measure': async ({ name }) => {
      const { measurements } = open();
      await measurements.wish(name);
      return await measurements.views();
    },
    'models.advice': () => open().measurements.advice(),
    'models.request': async ({ copy: isCopied }) => {
      const text = modelRequestText(await open().measurements.advice(), language());
      if (isCopied) copy(text);
      return { text };
    },
    'models.try': ({ recordingId, models, choice }) => open().trials.try(recordingId, models, choice),
    'models.stopTrial': () => open().trials.stop(),
  };
}
