import { join } from 'node:path';
import { dataFolder, resourcesFolder, usualVaultFolder } from '../../core/folders.ts';

export { TEMPORARY_PREFIX } from '../../core/folders.ts';

/** The name of the settings' file in the window's folder, without its ending. */
export const INTERFACE_NAME = 'interface';

/** The folders of the desktop app, each inside the app's data folder, wherever that is. */
export interface AppFolders {
  /** Settings of the window, and Chromium's files. */
  readonly window: string;
  /** The usual folder of the vault; `VaultPlace` tells whether another was chosen. */
  readonly vault: string;
  /** The secrets encrypted by the system's keychain. */
  readonly keychain: string;
  /** The folder of the bundled ffmpeg. */
  readonly ffmpeg: string;
}

/** The folders of the desktop app. None of them need exist yet. */
export function appFolders(): AppFolders {
  const window = join(dataFolder(), 'window');
  return {
    window,
    vault: usualVaultFolder(),
    keychain: join(window, 'keychain'),
    ffmpeg: join(resourcesFolder(), 'ffmpeg'),
  };
}
