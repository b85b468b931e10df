import type { Handlers } from '../../contract/ipc.ts';
import { type ExistingTexts, readTextFile } from './existing-texts.ts';

/** Dependencies of the requests about existing texts. */
export interface ExistingTextsApp {
  readonly texts: ExistingTexts;
  readonly library: {
    /** Sends the rows of these recordings to the window. */
    touch(recordingIds: readonly string[]): void;
  };
}

/**
 * Request handlers of existing texts.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseText lets the user choose a text file; null if cancelled.
 */
export function existingTextHandlers(
  open: () => ExistingTextsApp,
  chooseText: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `texts.${string}`>> {
  return {
    'texts.add': async ({ recordingId, ...file }) => {
      const { texts, library } = open();
      const outcome = await texts.add(recordingId, file);
      library.touch([recordingId]);
      return outcome;
    },
    'texts.choose': async ({ recordingId }) => {
      open();
      const path = await chooseText();
      if (path === null) return null;
      const file = await readTextFile(path);
      const { texts, library } = open();
      const outcome = await texts.add(recordingId, file);
      library.touch([recordingId]);
      return { name: file.name, outcome };
    },
    'texts.answer': async ({ recordingId, isWanted }) => {
      const { texts, library } = open();
      const outcome = await texts.answer(recordingId, isWanted);
      library.touch([recordingId]);
      return outcome;
    },
  };
}
