import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join } from 'node:path';
import { AppError } from '../src/contract/errors.ts';
import type { Addon, AddonFacts } from './addon.ts';
import { ADDON_FILE, builtFolder } from './build-paths.ts';

/** The addon, ready for models, and its facts. */
export interface LoadedAddon extends AddonFacts {
  Session: Addon['Session'];
  silenceOnnxRuntime: Addon['silenceOnnxRuntime'];
}

let loaded: LoadedAddon | undefined;

/**
 * Loads the addon, once per process: from `folder` (absolute), else from `native` in a packaged app's resources, else
 * the development build. Throws AppError `engine.notBuilt` if there is none.
 */
export function loadAddon(folder?: string): LoadedAddon {
  loaded ??= loadFrom(folder ?? defaultFolder());
  return loaded;
}

function defaultFolder(): string {
  // Electron sets this; the release build is packed there, outside the archive.
  const { resourcesPath } = process as { resourcesPath?: string };
  if (resourcesPath !== undefined) {
    const packaged = join(resourcesPath, 'native');
    if (existsSync(join(packaged, ADDON_FILE))) return packaged;
  }
  return builtFolder('development');
}

function loadFrom(folder: string): LoadedAddon {
  const file = join(folder, ADDON_FILE);
  if (!isAbsolute(file)) throw new Error('The folder of the addon must be absolute.');
  if (!existsSync(file)) throw new AppError('engine.notBuilt', {});
  const addon = createRequire(import.meta.url)(file) as Addon;
  // Exiting frees the memory that inference uses, and Node's own hooks do not run then.
  process.once('exit', () => addon.endAll());
  try {
    const { Session, silenceOnnxRuntime } = addon;
    return { ...addon.initialise(folder), Session, silenceOnnxRuntime };
  } catch (cause) {
    // Made on another processor: it has to be built again on this one.
    throw new AppError('engine.notBuilt', {}, { cause });
  }
}
