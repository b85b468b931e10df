import type { Handlers } from '../../contract/ipc.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Dependencies of the requests about pseudonyms. */
export interface PseudonymsApp {
  readonly pseudonyms: Pseudonyms;
}

/**
 * Request handlers of pseudonyms.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFolder lets the user choose a folder; null if cancelled.
 */
export function pseudonymHandlers(
  open: () => PseudonymsApp,
  chooseFolder: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `pseudonyms.${string}`>> {
  return {
    'pseudonyms.view': ({ recordingId }) => open().pseudonyms.view(recordingId),
    'pseudonyms.save': async ({ recordingId, lines }) => {
      const { pseudonyms } = open();
      await pseudonyms.save(recordingId, lines);
      return await pseudonyms.view(recordingId);
    },
    'pseudonyms.remove': async ({ recordingId, id }) => {
      const { pseudonyms } = open();
      await pseudonyms.remove(recordingId, id);
      return await pseudonyms.view(recordingId);
    },
    'pseudonyms.decidePlain': async ({ recordingId, texts, isPlain }) => {
      const { pseudonyms } = open();
      await pseudonyms.decidePlain(recordingId, texts, isPlain);
      return await pseudonyms.view(recordingId);
    },
    'pseudonyms.exportKey': async ({ recordingId }) => {
      const { pseudonyms } = open();
      const folder = await chooseFolder();
      return { path: folder === null ? null : await pseudonyms.exportKey(recordingId, folder) };
    },
    'pseudonyms.exportSound': async ({ recordingId, ...wish }) => {
      const { pseudonyms } = open();
      const folder = await chooseFolder();
      return folder === null ? null : await pseudonyms.exportSound(recordingId, folder, wish);
    },
  };
}
