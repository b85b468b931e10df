import type { Stats } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve as resolvePath } from 'node:path';
import { Mutex } from 'async-mutex';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { ModelChoice } from '../../contract/job.ts';
import { modelsFolder, resourcesFolder } from '../folders.ts';
import { systemErrorCode } from '../system-errors.ts';
import { hashFile } from './model-hash.ts';
import { type ModelFacts, modelFacts } from './model-header.ts';
import { importModelFile, type ModelImportOptions } from './model-import.ts';
import {
  type ModelIndex,
  readModelIndex,
  rememberedHash,
  withHash,
  withoutModel,
  writeModelIndex,
} from './model-index.ts';
import { type ModelSpeed, readModelSpeeds, withJob, withSpeed, writeModelSpeeds } from './model-speeds.ts';
import {
  BUNDLED_MODEL,
  modelClaimedBy,
  modelOfHash,
  OFFICIAL_MODELS,
  type OfficialModel,
  VOICE_ACTIVITY_FILE,
} from './official-models.ts';

/** Name of the bundled model in vaults of earlier releases. */
const FORMER_BUNDLED_NAME = 'sample';

/**
 * How far a model file can be trusted to be what its name says.
 * - `verified`: its SHA-256 is that of the bundled or of an official model.
 * - `notInCatalogue`: a model that this catalogue does not know.
 * - `altered`: it has the name of a known model, but different content; it is never used.
 */
export type ModelVerification = 'verified' | 'notInCatalogue' | 'altered';

/** A model whose file is on this machine. */
export interface InstalledModel {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly verification: ModelVerification;
  readonly isDefault: boolean;
  /** Bundled with the app, and cannot be removed. */
  readonly isBundled: boolean;
  readonly facts: ModelFacts;
}

/** The models of this machine, and the official ones that could be installed. */
export interface ModelList {
  /** In the catalogue's order, the unknown ones last. */
  readonly installed: readonly InstalledModel[];
  readonly available: readonly OfficialModel[];
  /** Files in the models folders that are none of these, with the reason as an error. */
  readonly unusable: readonly UnusableFile[];
}

/** A file in a models folder that cannot be used as a model. */
export interface UnusableFile {
  readonly path: string;
  readonly error: AppError;
}

/** A model that could be used, with the facts in its header. */
export interface ResolvedModel {
  readonly choice: ModelChoice;
  readonly facts: ModelFacts;
}

/** The speech models of this machine: the user's folder, and the folder shipped with the app. */
export class ModelStore {
  readonly #folder: string;
  readonly #bundledFolder: string;
  /** Hashes of files outside both folders: kept for this process only, so that no path of the user's is stored. */
  #visited: ModelIndex = { format: 1, defaultModel: null, files: [] };
  readonly #indexLock = new Mutex();

  constructor(folder = modelsFolder(), bundledFolder = join(resourcesFolder(), 'models')) {
    this.#folder = resolvePath(folder);
    this.#bundledFolder = resolvePath(bundledFolder);
  }

  /** What is installed, and what is not. Hashes files that are new or have changed, which can take seconds each. */
  async list(signal?: AbortSignal): Promise<ModelList> {
    const { defaultModel } = await readModelIndex(this.#folder);
    const installed: InstalledModel[] = [];
    const unusable: UnusableFile[] = [];
    for (const path of await this.#modelPaths()) {
      const model = await this.#inspect(path, defaultModel ?? BUNDLED_MODEL.name, signal);
      if (isAppError(model)) unusable.push({ path, error: model });
      else if (model !== null && !installed.some((other) => other.name === model.name)) installed.push(model);
    }
    const has = (name: string) => installed.some((model) => model.name === name);
    return {
      installed: installed.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name)),
      available: OFFICIAL_MODELS.filter((model) => !has(model.name)),
      unusable,
    };
  }

  /**
   * The model of this name, of this installed file name or in this file; null means the default, which is the bundled
   * one until the user chooses another. Throws `model.notFound`, `model.hashMismatch` for a file that is named like a known
   * model but is not, and the errors of `modelFacts`.
   */
  async resolve(nameOrFile: string | null, signal?: AbortSignal): Promise<ResolvedModel> {
    const path = await this.#pathFor(nameOrFile);
    const facts = await modelFacts(path);
    const sha256 = await this.#hashOf(path, signal);
    const verification = verify(path, sha256);
    if (verification === 'altered') {
      throw new AppError('model.hashMismatch', { file: path, model: nameOf(path, sha256) });
    }
    return { choice: { name: nameOf(path, sha256), path, sha256 }, facts };
  }

  /** Copies a model into the user's folder. Errors: those of `importModelFile`. */
  async import(file: string, options: ModelImportOptions = {}): Promise<InstalledModel> {
    const { path, sha256, facts, model } = await importModelFile(file, this.#folder, options);
    await this.#changeIndex((index) => withHash(index, path, facts, sha256));
    const { defaultModel } = await readModelIndex(this.#folder);
    return this.#describe(path, facts, { sha256, model }, defaultModel ?? BUNDLED_MODEL.name);
  }

  /** Every speed that was measured with a model of this machine, or of one that the folder was on. */
  speeds(): Promise<readonly ModelSpeed[]> {
    return readModelSpeeds(this.#folder);
  }

  /** Stores a measured speed beside the models. Throws `folder.dataNotWritable`, `disk.full`, `disk.failed`. */
  async keepSpeed(speed: ModelSpeed): Promise<void> {
    await this.#indexLock.runExclusive(async () => {
      await writeModelSpeeds(this.#folder, withSpeed(await readModelSpeeds(this.#folder), speed));
    });
  }

  /** Learns how fast a model is from a finished job; what tells nothing is left out. Throws as `keepSpeed`. */
  async learnFrom(
    of: Pick<ModelSpeed, 'sha256' | 'processor' | 'threads'>,
    job: { readonly speechMs: number; readonly wallMs: number },
  ): Promise<void> {
    await this.#indexLock.runExclusive(async () => {
      const speeds = withJob(await readModelSpeeds(this.#folder), of, job);
      if (speeds !== null) await writeModelSpeeds(this.#folder, speeds);
    });
  }

  /**
   * Deletes an installed model's file; if it was the default, the bundled one is again. The caller ensures that no job
   * uses it. Throws `model.notFound`, and `model.bundled` for the bundled one.
   */
  async remove(name: string): Promise<void> {
    const path = await this.#pathOf(name);
    if (path === null) throw await this.#notFound(name);
    if (!this.#isOwn(path)) throw new AppError('model.bundled', { model: name });
    await rm(path);
    await this.#changeIndex((index) => withoutModel(index, path, name));
  }

  /** Makes an installed model the one that is used if none is named. Errors: those of `resolve`. */
  async setDefault(name: string): Promise<void> {
    if ((await this.#pathOf(name)) === null) throw await this.#notFound(name);
    const { choice } = await this.resolve(name);
    await this.#changeIndex((index) => ({
      ...index,
      defaultModel: choice.name === BUNDLED_MODEL.name ? null : choice.name,
    }));
  }

  async #modelPaths(): Promise<string[]> {
    const folders = [this.#folder, this.#bundledFolder];
    const paths = (await Promise.all(folders.map(modelFilesIn))).flat();
    return paths.filter((path) => path !== join(this.#bundledFolder, VOICE_ACTIVITY_FILE));
  }

  async #pathFor(nameOrFile: string | null): Promise<string> {
    const name = nameOrFile ?? (await readModelIndex(this.#folder)).defaultModel ?? BUNDLED_MODEL.name;
    const path = await this.#pathOf(name);
    if (path !== null) return path;
    // In vaults of earlier releases, this name means the bundled model.
    if (name === FORMER_BUNDLED_NAME) return await this.#pathFor(BUNDLED_MODEL.name);
    return await this.#pathOutside(name);
  }

  /** The installed file of this model name or file name, or null. Matches file names alone, which imports set. */
  async #pathOf(name: string): Promise<string | null> {
    const known = modelClaimedBy(`${name}.bin`) ?? modelClaimedBy(name);
    const fileNames = known === null ? [`${name}.bin`, name] : [known.file, `${known.name}.bin`];
    const paths = await this.#modelPaths();
    return paths.find((path) => fileNames.includes(basename(path))) ?? null;
  }

  async #pathOutside(nameOrFile: string): Promise<string> {
    const path = resolvePath(nameOrFile);
    const meantAsFile = /[/\\]|\.(bin|gguf)$/i.test(nameOrFile);
    if (meantAsFile || (await factsOf(path))?.isFile()) return path;
    throw await this.#notFound(nameOrFile);
  }

  async #notFound(name: string): Promise<AppError> {
    const paths = await this.#modelPaths();
    const known = [...new Set(paths.map((path) => nameOf(path, null)))].sort();
    return new AppError('model.notFound', { model: name, known });
  }

  /** The model in a file of a models folder, or why there is none; null if the file has just been deleted. */
  async #inspect(
    path: string,
    defaultModel: string,
    signal?: AbortSignal,
  ): Promise<InstalledModel | AppError | null> {
    const facts = await factsOf(path);
    if (facts === null) return null;
    try {
      const model = await modelFacts(path);
      return this.#describe(path, facts, { sha256: await this.#hashOf(path, signal), model }, defaultModel);
    } catch (error) {
      if (isAppError(error)) return error;
      throw error;
    }
  }

  #describe(
    path: string,
    { size }: Stats,
    { sha256, model }: { sha256: string; model: ModelFacts },
    defaultModel: string,
  ): InstalledModel {
    const name = nameOf(path, sha256);
    return {
      name,
      path,
      sizeBytes: size,
      sha256,
      verification: verify(path, sha256),
      isDefault: name === defaultModel,
      isBundled: !this.#isOwn(path),
      facts: model,
    };
  }

  async #hashOf(path: string, signal?: AbortSignal): Promise<string> {
    const facts = await stat(path);
    const isInstalled = this.#isOwn(path) || resolvePath(path, '..') === this.#bundledFolder;
    const index = isInstalled ? await readModelIndex(this.#folder) : this.#visited;
    const remembered = rememberedHash(index, path, facts);
    if (remembered !== null) return remembered;
    const sha256 = await hashFile(path, signal);
    if (isInstalled) await this.#changeIndex((current) => withHash(current, path, facts, sha256));
    else this.#visited = withHash(this.#visited, path, facts, sha256);
    return sha256;
  }

  #isOwn(path: string): boolean {
    return resolvePath(path, '..') === this.#folder;
  }

  async #changeIndex(change: (index: ModelIndex) => ModelIndex): Promise<void> {
    await this.#indexLock.runExclusive(async () => {
      await writeModelIndex(this.#folder, change(await readModelIndex(this.#folder)));
    });
  }
}

async function modelFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => /^[^.].*\.bin$/.test(name)).map((name) => join(folder, name));
}

async function factsOf(path: string): Promise<Stats | null> {
  return await stat(path).catch((error) => {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  });
}

/** A known model's own name; else the name it claims; else the file name without its extension. */
function nameOf(path: string, sha256: string | null): string {
  const known = (sha256 === null ? null : modelOfHash(sha256)) ?? modelClaimedBy(basename(path));
  return known?.name ?? basename(path, '.bin');
}

function verify(path: string, sha256: string): ModelVerification {
  if (modelOfHash(sha256) !== null) return 'verified';
  return modelClaimedBy(basename(path)) === null ? 'notInCatalogue' : 'altered';
}

function rank(model: InstalledModel): number {
  const place = OFFICIAL_MODELS.findIndex((official) => official.name === model.name);
  return place === -1 ? OFFICIAL_MODELS.length : place;
}
