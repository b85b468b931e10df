import type { Stats } from 'node:fs';
import { z } from '../../contract/schema.ts';
import { readModelsFile, writeModelsFile } from './models-folder-file.ts';

/** A model file's hash, with the facts that identify the file as the one that was hashed. */
const HashedFile = z.object({
  path: z.string(),
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
  changedAtMs: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const ModelIndex = z.object({
  format: z.literal(1),
  /** Name of the model that is used if none is named; null for the bundled one. */
  defaultModel: z.string().nullable(),
  files: z.array(HashedFile),
});
/**
 * Cache of facts about the models of one folder, in its `models.json`, so that gigabytes are not hashed again at
 * every start. Losing it costs only that time and the choice of the default.
 */
export type ModelIndex = z.infer<typeof ModelIndex>;

const EMPTY: ModelIndex = { format: 1, defaultModel: null, files: [] };
const INDEX_FILE = 'models.json';

/** Reads the index of a models folder; a missing or damaged one is empty. */
export async function readModelIndex(folder: string): Promise<ModelIndex> {
  return ModelIndex.safeParse(await readModelsFile(folder, INDEX_FILE)).data ?? EMPTY;
}

/** Replaces the index of a models folder, which is made if need be. Throws `folder.dataNotWritable`, `disk.full`, `disk.failed`. */
export async function writeModelIndex(folder: string, index: ModelIndex): Promise<void> {
  await writeModelsFile(folder, INDEX_FILE, index);
}

/** The cached hash of the file at `path`, or null if it was never hashed or has changed since. */
export function rememberedHash(index: ModelIndex, path: string, facts: Stats): string | null {
  const known = index.files.find((file) => file.path === path);
  const same =
    known?.sizeBytes === facts.size &&
    known.modifiedAtMs === facts.mtimeMs &&
    known.changedAtMs === facts.ctimeMs;
  return same ? known.sha256 : null;
}

/** The index with this file's hash added. */
export function withHash(index: ModelIndex, path: string, facts: Stats, sha256: string): ModelIndex {
  const file = {
    path,
    sizeBytes: facts.size,
    modifiedAtMs: facts.mtimeMs,
    changedAtMs: facts.ctimeMs,
    sha256,
  };
  return { ...index, files: [...index.files.filter((other) => other.path !== path), file] };
}

/** The index without this file, and without a default of this name. */
export function withoutModel(index: ModelIndex, path: string, name: string): ModelIndex {
  return {
    ...index,
    defaultModel: index.defaultModel === name ? null : index.defaultModel,
    files: index.files.filter((file) => file.path !== path),
  };
}
