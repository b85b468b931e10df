import { homedir } from 'node:os';
import { join, sep } from 'node:path';

/** What the location of a folder depends on. All is taken from this process unless a test overrides it. */
export interface FolderSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

const here = (): FolderSurroundings => ({
  env: process.env,
  platform: process.platform,
  home: homedir(),
});

/**
 * The folder for what does not belong in a vault: speech models and ephemeral vaults. Nothing here identifies a person.
 * `VOICESYNC_HOME` overrides the platform's usual location. The folder need not exist yet.
 */
export function dataFolder({ env, platform, home }: FolderSurroundings = here()): string {
  if (env.VOICESYNC_HOME) return env.VOICESYNC_HOME;
  switch (platform) {
    case 'win32':
      return join(env.APPDATA || join(home, 'AppData', 'Roaming'), 'VoiceSync');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'VoiceSync');
    default:
      return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'voicesync');
  }
}

/**
 * The folder for transcripts that could not be written to the chosen folder: visible in the user's home, for each is a
 * readable file to be moved on. The folder need not exist yet.
 */
export function rescueFolder({ env, home }: FolderSurroundings = here()): string {
  return env.VOICESYNC_HOME ? join(env.VOICESYNC_HOME, 'rescued') : join(home, 'VoiceSync-rescued');
}

/** The folder of the user's speech models. */
export function modelsFolder(surroundings?: FolderSurroundings): string {
  return join(dataFolder(surroundings), 'models');
}

/** The folder of the app's vault, unless another was chosen. */
export function usualVaultFolder(): string {
  return join(dataFolder(), 'vault');
}

/** The folder of ephemeral vaults, each in a subfolder of its own. */
export function ephemeralVaultsFolder(surroundings?: FolderSurroundings): string {
  return join(dataFolder(surroundings), 'ephemeral');
}

/** The folder of the diagnostic log: beside the vault, so that it can be written and read while that is locked. */
export function logsFolder(surroundings?: FolderSurroundings): string {
  return join(dataFolder(surroundings), 'logs');
}

/** How the names of folders begin that live for moments in the system's folder for temporary files. */
export const TEMPORARY_PREFIX = 'voicesync-';

/** The folder of this program: the repository's, or the archive that a packaged app runs from. */
export function programFolder(codeFolder: string = import.meta.dirname): string {
  return join(codeFolder, '..', '..');
}

/** The weights for voice activity detection (VAD). */
export function voiceWeightsFile(): string {
  return join(resourcesFolder(), 'models', 'ggml-silero-v6.2.0.bin');
}

/** The models that tell speakers apart: pyannote segmentation 3.0, and CAM++ speaker embeddings. */
export function speakerModelFiles(): { readonly activity: string; readonly embedding: string } {
  const inModels = (file: string) => join(resourcesFolder(), 'models', file);
  return { activity: inModels('segmentation-3.0.onnx'), embedding: inModels('campplus-zh-en.onnx') };
}

/**
 * Folder of the files shipped with the app: the speech model, sample recordings, licences. In the repository that is
 * `resources/`, reached from `src/core/` and from a bundle in `out/main/` alike; in a packaged app, whose code runs
 * from inside `app.asar`, it is the folder that Electron names.
 */
export function resourcesFolder(
  codeFolder: string = import.meta.dirname,
  electronResources: string | undefined = (process as { resourcesPath?: string }).resourcesPath,
): string {
  return packagedFolder('', codeFolder, electronResources) ?? join(codeFolder, '..', '..', 'resources');
}

/** A folder of a packaged app's resources; null in the repository, where what it holds lies elsewhere. */
export function packagedFolder(
  name: string,
  codeFolder: string = import.meta.dirname,
  electronResources: string | undefined = (process as { resourcesPath?: string }).resourcesPath,
): string | null {
  const packaged = codeFolder.split(sep).includes('app.asar');
  return packaged && electronResources ? join(electronResources, name) : null;
}

/** Folder of the ffmpeg shipped with the app; empty in the repository, and in packages that rely on the system's. */
export function packagedFfmpegFolder(): string {
  return join(resourcesFolder(), 'ffmpeg');
}
