import { join } from 'node:path';
import { dataFolder, resourcesFolder } from '../../core/folders.ts';

/** The folders of the desktop app, each in the app's data, wherever that was put. */
export interface AppFolders {
  /** Settings of the window, and what Chromium writes. */
  readonly window: string;
  readonly vault: string;
  /** The secrets that the system's keychain has encrypted. */
  readonly keychain: string;
  /** Where the ffmpeg lies that came with the app. */
  readonly ffmpeg: string;
}

/** Where the desktop app keeps what. None of them need exist yet. */
export function appFolders(): AppFolders {
  const window = join(dataFolder(), 'window');
  return {
    window,
    vault: join(dataFolder(), 'vault'),
    keychain: join(window, 'keychain'),
    ffmpeg: join(resourcesFolder(), 'ffmpeg'),
  };
}
