import { type BigIntStats, constants, type Dirent } from 'node:fs';
import { open, opendir, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { AppError, isAppError } from '../../../contract/errors.ts';
import type { LeftOut } from '../../../contract/left-out.ts';
import { naturally } from '../../../contract/natural-order.ts';
import { fileError, folderReadError, systemErrorCode } from '../../system-errors.ts';
import { identityOf } from './file-identity.ts';
import { looksLikeMedia, mayBeHeaderless, SIGNATURE_BYTES } from './media-signatures.ts';
import { namedAs } from './recording-endings.ts';
import { isSystemLeftover } from './system-leftovers.ts';

/** A recording in a folder, or an entry that cannot be read. */
export interface Found {
  readonly path: string;
  /** Null for a recording. */
  readonly error: AppError | null;
  /** Identity by which aliases are detected; null if the path alone decides. */
  readonly identity: string | null;
}

/** The contents of a folder. */
export interface Scanned {
  /** Files before links, each kind in natural order. */
  readonly found: readonly Found[];
  /** Whether it, or a folder in it, was read before under the same name: then its contents were found before. */
  readonly wasRead: boolean;
}

// Does not exist on Windows.
const NON_BLOCKING = constants.O_NONBLOCK ?? 0;

/** Names that Node reads from the system at once. */
const NAMES_AT_ONCE = 1000;

/** Replaces the invalid bytes in names that are not valid UTF-8. */
const REPLACED = '\ufffd';

/**
 * Finds the recordings in a folder and below. Links are followed; one that leads upward is not, nor is a folder that is
 * in `seen`, which maps the identity of each folder read to its path. What cannot be read is in the list with its
 * error and ends nothing else.
 */
export async function scanFolder(
  folder: string,
  seen: Map<string, string>,
  leftOut: LeftOut,
): Promise<Scanned> {
  const scan = new FolderScan(folder, seen, leftOut);
  await scan.run();
  return scan;
}

class FolderScan implements Scanned {
  readonly found: Found[] = [];
  wasRead = false;
  readonly #root: string;
  readonly #seen: Map<string, string>;
  readonly #leftOut: LeftOut;
  #files: string[] = [];
  #links: string[] = [];

  constructor(root: string, seen: Map<string, string>, leftOut: LeftOut) {
    this.#root = root;
    this.#seen = seen;
    this.#leftOut = leftOut;
  }

  async run(): Promise<void> {
    await this.#readFolder(this.#root);
    await this.#takeFiles();
    // A real name precedes a link's: links come last, and those inside linked folders after them.
    while (this.#links.length > 0) {
      const links = this.#links.toSorted(naturally);
      this.#links = [];
      for (const link of links) await this.#follow(link);
      await this.#takeFiles();
    }
  }

  async #readFolder(folder: string): Promise<void> {
    try {
      const identity = identityOf(folder, await stat(folder, { bigint: true }));
      const before = this.#seen.get(identity);
      if (before !== undefined) {
        if (before === folder) this.wasRead = true;
        else this.#leftOut.again.push(folder);
        return;
      }
      this.#seen.set(identity, folder);
      // Entry by entry: what a failing disk returns before it fails is kept.
      let hasReplaced = false;
      for await (const entry of await opendir(folder, { bufferSize: NAMES_AT_ONCE })) {
        if (entry.name.includes(REPLACED)) hasReplaced = true;
        else await this.#take(folder, entry.name, entry);
      }
      if (hasReplaced) await this.#takeReplaced(folder);
    } catch (error) {
      this.#fail(folder, folderReadError(error, folder));
    }
  }

  /** The entries of a folder whose names Node could not decode: a path with such a name does not exist. */
  async #takeReplaced(folder: string): Promise<void> {
    for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
      const name = entry.name.toString();
      if (!name.includes(REPLACED)) continue;
      if (Buffer.from(name).equals(entry.name)) await this.#take(folder, name, entry);
      else {
        // Such names were mostly written in Latin-1.
        const shown = join(folder, entry.name.toString('latin1'));
        const raw = Buffer.concat([Buffer.from(join(folder, sep)), entry.name]);
        const isMissed = entry.isDirectory() || (entry.isFile() && (await isRecording(shown, shown, raw)));
        if (isMissed) this.#fail(shown, new AppError('file.nameUnusable', { file: shown }));
        else this.#leftOut.others.push(shown);
      }
    }
  }

  async #take(folder: string, name: string, entry: Dirent<string | Buffer>): Promise<void> {
    const path = join(folder, name);
    if (isSystemLeftover(name)) return;
    if (name.startsWith('.')) {
      if (entry.isDirectory()) await this.#countHidden(path);
      else if (isNamedRecording(name)) this.#leftOut.hidden.push(path);
    } else if (entry.isDirectory()) await this.#readFolder(path);
    else if (entry.isSymbolicLink()) this.#links.push(path);
    else if (!entry.isFile()) this.#leftOut.special.push(path);
    else if (await isRecording(path, path)) this.#files.push(path);
    else this.#leftOut.others.push(path);
  }

  /** Counts the recordings in a hidden folder; other files in it are ignored. */
  async #countHidden(folder: string): Promise<void> {
    try {
      for await (const entry of await opendir(folder, { bufferSize: NAMES_AT_ONCE })) {
        const path = join(folder, entry.name);
        if (isSystemLeftover(entry.name)) continue;
        if (entry.isDirectory()) await this.#countHidden(path);
        else if (isNamedRecording(entry.name)) this.#leftOut.hidden.push(path);
      }
    } catch {
      this.#leftOut.hidden.push(folder);
    }
  }

  async #takeFiles(): Promise<void> {
    const files = this.#files.toSorted(naturally);
    this.#files = [];
    for (const path of files) await this.#takeFile(path);
  }

  async #takeFile(path: string): Promise<void> {
    try {
      const identity = identityOf(path, await stat(path, { bigint: true }));
      this.found.push({ path, error: null, identity });
    } catch {
      // Its error is reported when it is read.
      this.found.push({ path, error: null, identity: null });
    }
  }

  async #follow(link: string): Promise<void> {
    let stats: BigIntStats;
    try {
      stats = await stat(link, { bigint: true });
    } catch (error) {
      return await this.#takeBroken(link, error);
    }
    if (stats.isDirectory()) {
      if (await this.#leadsUpward(link)) this.#leftOut.upward.push(link);
      else await this.#readFolder(link);
    } else if (!stats.isFile()) this.#leftOut.special.push(link);
    else if (await isRecording(link, await targetOf(link))) this.#files.push(link);
    else this.#leftOut.others.push(link);
  }

  /** A broken link is a missing recording, if its own or its target's name is a recording's. */
  async #takeBroken(link: string, error: unknown): Promise<void> {
    const isNamed = [link, await targetOf(link)].some(isNamedRecording);
    if (!isNamed) this.#leftOut.others.push(link);
    else {
      const known = fileError(error, link);
      // A circular link is broken too.
      const isGone = isAppError(known, 'file.notFound', 'file.notRegular');
      const broken = isGone ? new AppError('file.brokenLink', { file: link }, { cause: error }) : known;
      this.#fail(link, broken);
    }
  }

  async #leadsUpward(link: string): Promise<boolean> {
    try {
      const target = await realpath(link);
      const places = [await realpath(dirname(link)), await realpath(this.#root)];
      return places.some((place) =>
        `${place}${sep}`.startsWith(target.endsWith(sep) ? target : `${target}${sep}`),
      );
    } catch {
      // It was deleted meanwhile: reading it reports that.
      return false;
    }
  }

  #fail(path: string, error: unknown): void {
    if (!isAppError(error)) throw error;
    this.found.push({ path, error, identity: null });
  }
}

/** Whether a file in a folder is a recording: by its own name, by its link target's, or by its first bytes. */
async function isRecording(path: string, target: string, opened: string | Buffer = path): Promise<boolean> {
  const names = [path, target].map((one) => namedAs(basename(one)));
  if (names.includes('recording')) return true;
  if (names.every((name) => name === 'other')) return false;
  try {
    const handle = await open(opened, constants.O_RDONLY | NON_BLOCKING);
    try {
      const head = Buffer.alloc(SIGNATURE_BYTES);
      const { bytesRead } = await handle.read(head, 0, head.length, 0);
      const read = head.subarray(0, bytesRead);
      return names.includes('headerless') ? mayBeHeaderless(read) : looksLikeMedia(read);
    } finally {
      await handle.close();
    }
  } catch (error) {
    // Its kind stays unknown: the error is reported when it is read.
    if (systemErrorCode(error) !== null) return true;
    throw error;
  }
}

/** Whether a file that is not opened is a recording by its name. */
function isNamedRecording(path: string): boolean {
  const kind = namedAs(basename(path));
  return kind === 'recording' || kind === 'headerless';
}

/** The target of a link, whether it exists or not. */
async function targetOf(link: string): Promise<string> {
  try {
    return await realpath(link);
  } catch {
    return await readlink(link).catch(() => link);
  }
}
