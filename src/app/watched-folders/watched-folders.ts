import { type FSWatcher, watch } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { AppError } from '../../contract/errors.ts';
import type { ImportOutcome } from '../../contract/ipc.ts';
import { startingChoice } from '../../contract/starting-choice.ts';
import type { TranscriptionChoice } from '../../contract/views.ts';
import type {
  WatchedFolder,
  WatchedFolderChoice,
  WatchedFolderView,
} from '../../contract/watched-folders.ts';
import type { Database } from '../../core/database/database.ts';
import { note } from '../../core/diagnostics/note.ts';
import { hashOfFile } from '../../core/files/file-hash.ts';
import { asAppError } from '../../core/system-errors.ts';
import { isWithin, resolveLinks } from '../../core/vault/vault-folder.ts';
import { type FoundFile, scanWatched } from './folder-scan.ts';
import { SettledFiles, stampOf } from './settled-files.ts';
import { moveToTaken } from './taken-folder.ts';
import { type KnownFile, WatchedMemory } from './watched-memory.ts';

/** How often folders are looked into: network folders and sticks do not tell of what appears in them. */
const POLL_MS = 5000;
/** After the system tells of a change, and while a file is still growing. */
const SOON_MS = 1500;

/** What watching needs. */
export interface WatchedFoldersParts {
  readonly database: Database;
  readonly vaultFolder: string;
  /** Takes files in as a drop does: a failure is told with the others, in the outcome and to the user. */
  readonly bringIn: (
    paths: readonly string[],
    how: { matterId: string | null; choice: TranscriptionChoice },
  ) => Promise<ImportOutcome>;
  readonly onChange?: (folders: WatchedFolderView[]) => void;
  readonly pollMs?: number;
  readonly soonMs?: number;
}

interface Standing {
  state: WatchedFolderView['state'];
  isMoveRefused: boolean;
  readonly settled: SettledFiles;
  watcher: FSWatcher | null;
}

/**
 * Takes the recordings that appear in chosen folders into the vault, while it is open and not behind the curtain. A file is
 * taken once its size and time have stayed the same between two looks, and only once: by its place and by its content.
 */
export class WatchedFolders {
  readonly #parts: WatchedFoldersParts;
  readonly #memory: WatchedMemory;
  readonly #standings = new Map<string, Standing>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();
  #isOn = false;

  constructor(parts: WatchedFoldersParts) {
    this.#parts = parts;
    this.#memory = new WatchedMemory(parts.database);
  }

  /** Begins to look, or goes on after `pause`. */
  begin(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#lookIn(0);
  }

  /** Ends looking; what is being taken is finished first. */
  async pause(): Promise<void> {
    this.#isOn = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const standing of this.#standings.values()) {
      standing.watcher?.close();
      standing.watcher = null;
    }
    await this.#looking;
  }

  async list(): Promise<WatchedFolderView[]> {
    const folders = await this.#memory.folders();
    return await Promise.all(
      folders.map(async (folder) => {
        const { state, isMoveRefused } = this.#standingOf(folder.id);
        const known = await this.#memory.known(folder.id);
        const taken = known.filter(({ recordingId }) => recordingId !== null).length;
        return { ...folder, state, isMoveRefused, taken };
      }),
    );
  }

  /**
   * Watches a folder from now on; what lies in it already stays where it is, untaken. Throws `watch.insideVault`,
   * `watch.already`, `folder.gone`, `folder.unreadable`.
   */
  async add(chosen: string): Promise<void> {
    const path = await realpath(chosen).catch(() => {
      throw new AppError('folder.gone', { folder: chosen });
    });
    const vault = await resolveLinks(this.#parts.vaultFolder);
    if (isWithin(vault, path) || isWithin(path, vault))
      throw new AppError('watch.insideVault', { folder: path });
    const folders = await this.#memory.folders();
    if (folders.some((folder) => folder.path === path)) throw new AppError('watch.already', { folder: path });
    const scan = await scanWatched(path);
    if (scan.state !== 'watching') throw new AppError('folder.unreadable', { folder: path });
    const id = newId();
    const there = scan.files.map(
      (file): KnownFile => ({
        ...file,
        ...{ sha256: null, recordingId: null, isToMove: false },
      }),
    );
    await this.#memory.keepKnown(id, there, () => true);
    const choice = { matterId: null, model: null, language: null, movesTaken: false };
    await this.#memory.keepFolders([...folders, { id, path, ...choice }]);
    await this.#changed();
  }

  /** Changes how its files are taken; one that is gone stays so. */
  async change(id: string, choice: WatchedFolderChoice): Promise<void> {
    const folders = await this.#memory.folders();
    await this.#memory.keepFolders(folders.map((one) => (one.id === id ? { ...one, ...choice } : one)));
    await this.#changed();
  }

  /** Stops watching a folder; its files and their recordings stay. */
  async remove(id: string): Promise<void> {
    const folders = await this.#memory.folders();
    this.#standings.get(id)?.watcher?.close();
    this.#standings.delete(id);
    await this.#memory.keepFolders(folders.filter((one) => one.id !== id));
    await this.#memory.forgetKnown(id);
    await this.#changed();
  }

  async #changed(): Promise<void> {
    this.#parts.onChange?.(await this.list());
    this.#lookIn(0);
  }

  #lookIn(ms: number): void {
    if (!this.#isOn) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, ms);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    let isWaiting = false;
    try {
      for (const folder of await this.#memory.folders()) {
        if (!this.#isOn) return;
        if (await this.#lookInto(folder)) isWaiting = true;
      }
    } catch (error) {
      // The disk may be full, or the vault about to be sealed: the next look tries again.
      const { code } = asAppError(error);
      if (code !== 'vault.sealed') note({ event: 'fileRefused', code });
    }
    const { pollMs = POLL_MS, soonMs = SOON_MS } = this.#parts;
    this.#lookIn(isWaiting ? soonMs : pollMs);
  }

  /** Takes what is whole; returns whether files are still growing, or to be moved. */
  async #lookInto(folder: WatchedFolder): Promise<boolean> {
    const standing = this.#standingOf(folder.id);
    const before = JSON.stringify([standing.state, standing.isMoveRefused]);
    const scan = await scanWatched(folder.path);
    standing.state = scan.state;
    if (scan.state !== 'watching') {
      standing.watcher?.close();
      standing.watcher = null;
      if (before !== JSON.stringify([standing.state, standing.isMoveRefused])) await this.#tell();
      return false;
    }
    standing.watcher ??= this.#watch(folder.path);
    const known = await this.#memory.known(folder.id);
    const lying = new Set(scan.files.map(keyOf));
    const keep = async () => {
      // Nothing is kept of a folder that was removed meanwhile.
      if (this.#standings.get(folder.id) !== standing) return;
      await this.#memory.keepKnown(folder.id, known, (file) => lying.has(keyOf(file)));
    };
    const knownKeys = new Set(known.map(keyOf));
    const fresh = scan.files.filter((file) => !knownKeys.has(keyOf(file)));
    const whole = standing.settled.among(fresh);
    for (const file of whole) {
      if (!this.#isOn) return false;
      const taken = await this.#taken(folder, file, known);
      if (taken === null) continue;
      known.push(taken);
      await keep();
    }
    const isMoving = await this.#moveTaken(folder, known, standing, keep);
    if (whole.length > 0 || before !== JSON.stringify([standing.state, standing.isMoveRefused]))
      await this.#tell();
    return isMoving || fresh.length > whole.length;
  }

  /** Takes a file, unless its content is known; null if it cannot be read just now, and is to be looked at again. */
  async #taken(
    folder: WatchedFolder,
    file: FoundFile,
    known: readonly KnownFile[],
  ): Promise<KnownFile | null> {
    const path = join(folder.path, file.name);
    const sha256 = await hashOfFile(path).catch(() => null);
    if (sha256 === null) return null;
    const again = known.find((one) => one.sha256 === sha256);
    const entry = { ...file, sha256, recordingId: again?.recordingId ?? null, isToMove: false };
    if (again === undefined) {
      const { matterId, choice } = await this.#choiceOf(folder);
      const outcome = await this.#parts.bringIn([path], { matterId, choice });
      entry.recordingId = outcome.added[0] ?? null;
      entry.isToMove = folder.movesTaken && entry.recordingId !== null;
    }
    return entry;
  }

  /** The matter's usual choice with what was chosen for the folder; a matter that was deleted counts as none. */
  async #choiceOf({ matterId, model, language }: WatchedFolder) {
    const matter = matterId === null ? null : await this.#parts.database.matters.get(matterId);
    const usual = startingChoice(
      matter === null ? undefined : { vocabulary: matter.vocabulary, options: matter.defaultOptions },
    );
    const choice = { ...usual, ...(model !== null && { model }), ...(language !== null && { language }) };
    return { matterId: matter?.id ?? null, choice: choice as TranscriptionChoice };
  }

  /** Moves files whose recordings are safe in the vault; returns whether some are not yet. */
  async #moveTaken(
    folder: WatchedFolder,
    known: KnownFile[],
    standing: Standing,
    keep: () => Promise<void>,
  ): Promise<boolean> {
    let isWaiting = false;
    for (const [index, file] of known.entries()) {
      if (!file.isToMove || file.recordingId === null) continue;
      const recording = await this.#parts.database.recordings.get(file.recordingId).catch(() => null);
      if (recording?.state === 'importing') {
        isWaiting = true;
        continue;
      }
      // Only what is whole in the vault goes out of the way.
      if (recording?.state === 'ready') standing.isMoveRefused = !(await moveToTaken(folder.path, file.name));
      known[index] = { ...file, isToMove: false };
      await keep();
    }
    return isWaiting;
  }

  /** A hint that there is something to look at; where the system gives none, polling finds it. */
  #watch(path: string): FSWatcher | null {
    try {
      const watcher = watch(path, { persistent: false }, () => this.#lookIn(this.#parts.soonMs ?? SOON_MS));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }

  async #tell(): Promise<void> {
    this.#parts.onChange?.(await this.list());
  }

  #standingOf(id: string): Standing {
    const there = this.#standings.get(id);
    if (there !== undefined) return there;
    const settled = new SettledFiles();
    const standing: Standing = { state: 'watching', isMoveRefused: false, settled, watcher: null };
    this.#standings.set(id, standing);
    return standing;
  }
}

/** Tells a file from others, and from itself with other content. */
function keyOf(file: FoundFile): string {
  return `${file.name}/${stampOf(file)}`;
}
