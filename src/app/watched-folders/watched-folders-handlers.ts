import type { Handlers } from '../../contract/ipc.ts';
import type { WatchedFolders } from './watched-folders.ts';

/** Dependencies of the requests about watched folders. */
export interface WatchedFoldersApp {
  readonly watchedFolders: WatchedFolders;
}

/**
 * Request handlers of watched folders.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param chooseFolder lets the user choose a folder; null if cancelled.
 */
export function watchedFoldersHandlers(
  open: () => WatchedFoldersApp,
  chooseFolder: () => Promise<string | null>,
): Pick<Handlers, Extract<keyof Handlers, `watchedFolders.${string}`>> {
  const watched = () => open().watchedFolders;
  return {
    'watchedFolders.list': () => watched().list(),
    'watchedFolders.addChosen': async () => {
      const folders = watched();
      const chosen = await chooseFolder();
      if (chosen !== null) await folders.add(chosen);
      return { added: chosen !== null };
    },
    'watchedFolders.change': ({ id, choice }) => watched().change(id, choice),
    'watchedFolders.remove': ({ id }) => watched().remove(id),
  };
}
