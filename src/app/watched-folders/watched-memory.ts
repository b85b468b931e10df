import { z } from '../../contract/schema.ts';
import { WatchedFolder } from '../../contract/watched-folders.ts';
import type { Database } from '../../core/database/database.ts';

const KnownFile = z.object({
  name: z.string(),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  /** Null for what was there before the folder was watched. */
  sha256: z.string().nullable(),
  /** What it became; null if it was there before, or could not be taken. */
  recordingId: z.uuid().nullable(),
  /** Whether it is still to be moved, once its recording is safe in the vault. */
  isToMove: z.boolean(),
});
/** A file of a watched folder that is not taken again. */
export type KnownFile = z.infer<typeof KnownFile>;

const KEPT = 'watchedFolders';
const Kept = z.array(WatchedFolder);
const knownKey = (id: string) => `watchedFolder:${id}`;

/** So many files that are no longer in a folder are remembered for it; the oldest give way. */
export const MOST_GONE = 20_000;

/** Watched folders, and which files of them are known: stored in the vault. */
export class WatchedMemory {
  readonly #settings: Database['settings'];

  constructor({ settings }: Pick<Database, 'settings'>) {
    this.#settings = settings;
  }

  async folders(): Promise<WatchedFolder[]> {
    return Kept.safeParse(await this.#settings.get(KEPT)).data ?? [];
  }

  async keepFolders(folders: readonly WatchedFolder[]): Promise<void> {
    await this.#settings.set({ key: KEPT, value: [...folders] });
  }

  async known(folderId: string): Promise<KnownFile[]> {
    return z.array(KnownFile).safeParse(await this.#settings.get(knownKey(folderId))).data ?? [];
  }

  /** `isThere`: what lies in the folder is never forgotten, else it would be taken again. */
  async keepKnown(
    folderId: string,
    files: readonly KnownFile[],
    isThere: (file: KnownFile) => boolean,
  ): Promise<void> {
    const gone = files.filter((file) => !isThere(file));
    const forgotten = new Set(gone.slice(0, Math.max(0, gone.length - MOST_GONE)));
    const value = files.filter((file) => !forgotten.has(file));
    await this.#settings.set({ key: knownKey(folderId), value });
  }

  /** Forgets a folder's files. */
  async forgetKnown(folderId: string): Promise<void> {
    await this.#settings.set({ key: knownKey(folderId), value: [] });
  }
}
