import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from '../../contract/schema.ts';
import { systemErrorCode } from '../system-errors.ts';
import { makeFolder, replaceFile } from './durable-files.ts';
import { HEADER_NAME } from './vault-header.ts';

/** Lengths and time of a vault's changing files while nothing has it open: other values mean that it was used since. */
const VaultMark = z.object({ bytes: z.number(), modifiedMs: z.number() });
export type VaultMark = z.infer<typeof VaultMark>;

/**
 * A move that has not ended. `copying`: the vault is `from`, and what lies in `to` is to be removed. `switched`: the vault
 * is `to`, and what lies in `from` is to be removed.
 */
const VaultMove = z.object({
  from: z.string(),
  to: z.string(),
  stage: z.enum(['copying', 'switched']),
  vaultId: z.uuid(),
  /** Whether the move made the folder `to`. */
  madeFolder: z.boolean(),
  /** Of `from` when it was copied. */
  mark: VaultMark,
});
export type VaultMove = z.infer<typeof VaultMove>;

const VERSION = 1;

/** The file's content, in plain text: it names folders alone. Its fields keep their meaning for ever. */
const PlaceFile = z.object({
  version: z.literal(VERSION),
  /** The folder of the app's vault; null for the usual one. */
  folder: z.string().nullable(),
  moves: z.array(VaultMove),
  /** Folders that were the app's vault, or were used after a move had copied them: they may hold a vault. */
  former: z.array(z.string()).default([]),
});
export type PlaceFile = z.infer<typeof PlaceFile>;

/**
 * Where the app's vault lies: in the usual folder, or in one that was chosen, which is told by a file beside the usual one. The
 * file is read each time, since another process may have moved the vault.
 */
export class VaultPlace {
  /** The folder of the app's vault if no other was chosen. */
  readonly usual: string;

  /** @param usual need not exist. */
  constructor(usual: string) {
    this.usual = resolve(usual);
  }

  /** The folder of the file; its lock is held by whoever moves a vault. It need not exist. */
  get ownFolder(): string {
    return join(dirname(this.usual), 'vault-place');
  }

  /** The folder of the app's vault, there or not. */
  get folder(): string {
    return this.read().folder ?? this.usual;
  }

  /** Whether a folder other than the usual one was chosen. */
  get isChosen(): boolean {
    return this.read().folder !== null;
  }

  /** Folders in which vaults lie now that are no longer the app's. */
  get formerVaults(): string[] {
    const { folder, former } = this.read();
    const now = folder ?? this.usual;
    return former.filter((one) => one !== now && existsSync(join(one, HEADER_NAME)));
  }

  /**
   * From now on the app's vault is the one in this folder. A move away from there that has not ended is forgotten, so
   * that nothing is removed from it; what it copied stays. The vault before is a former one. Throws `disk.full`, `disk.failed`.
   */
  async choose(folder: string): Promise<void> {
    const chosen = resolve(folder);
    const before = this.read();
    await this.write({
      version: VERSION,
      folder: chosen === this.usual ? null : chosen,
      moves: before.moves.filter(({ from }) => from !== chosen),
      former: withFormer(before, before.folder ?? this.usual).filter((one) => one !== chosen),
    });
  }

  /** Throws on a file that is damaged: the usual folder instead would offer to make a new vault. */
  read(): PlaceFile {
    try {
      return PlaceFile.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT')
        return { version: VERSION, folder: null, moves: [], former: [] };
      throw error;
    }
  }

  /** Replaces it durably and at once. Throws `disk.full`, `disk.failed`. */
  async write(content: PlaceFile): Promise<void> {
    if (!existsSync(this.ownFolder)) await makeFolder(this.ownFolder);
    await replaceFile(this.#file, Buffer.from(`${JSON.stringify(content, null, 2)}\n`));
  }

  get #file(): string {
    return join(this.ownFolder, 'place.json');
  }
}

/** The former folders of a file's content with one more. */
export function withFormer({ former }: PlaceFile, folder: string): string[] {
  return [...new Set([...former, folder])];
}
