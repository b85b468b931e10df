import { existsSync } from 'node:fs';
import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { PlaceSize } from '../../contract/places.ts';
import { reached } from '../fault-points.ts';
import { folderSize } from '../folder-size.ts';
import { freeBytes, RESERVE_BYTES } from '../free-space.ts';
import { makeFolder, replaceFile, syncFolder, temporaryNameFor } from './durable-files.ts';
import { assertNotSynced } from './synced-folder.ts';
import {
  DATABASE_NAME,
  folderError,
  HEAD_NAME,
  INCOMING_NAME,
  isWithin,
  OBJECTS_NAME,
  prepareNewFolder,
  resolveLinks,
} from './vault-folder.ts';
import { HEADER_NAME, readHeader } from './vault-header.ts';
import { HOLDER_NAME, LOCK_NAME, VaultLock } from './vault-lock.ts';
import { type VaultMark, type VaultMove, type VaultPlace, withFormer } from './vault-place.ts';
import { type CopyWatch, copyIfPresent, copyShelves, copyVerified } from './verified-copy.ts';

/** Name of a note in a vault that was moved, until its log tells of it. */
export const MOVED_NAME = 'moved';

const DATABASE_NAMES = [DATABASE_NAME, `${DATABASE_NAME}-wal`, `${DATABASE_NAME}-shm`];

/** The header's name in the copy until the copy is the vault. */
const WAITING_HEADER = temporaryNameFor(HEADER_NAME);

/** What a move would copy, and the room for it. */
export interface PlannedMove extends PlaceSize {
  readonly from: string;
  readonly to: string;
  readonly freeBytes: number;
}

/**
 * Whether a vault that is not damaged could be moved into a new or empty folder: nothing is changed. Throws `vault.moveInside`,
 * `vault.exists`, `vault.notEmpty`, `vault.syncedFolder`, `folder.notWritable`, `disk.full`, and what `readHeader` throws.
 */
export async function planMove(from: string, to: string): Promise<PlannedMove> {
  await readHeader(from);
  const [source, target] = [await resolveLinks(from), await resolveLinks(to)];
  if (isWithin(source, target) || isWithin(target, source))
    throw new AppError('vault.moveInside', { folder: to });
  await assertNotSynced(to);
  const isNew = !existsSync(to);
  await prepareNewFolder(to);
  try {
    const size = await folderSize(from);
    const free = await freeBytes(to);
    const neededBytes = size.bytes + RESERVE_BYTES;
    if (free < neededBytes) throw new AppError('disk.full', { neededBytes, freeBytes: free });
    return { ...size, from: resolve(from), to: resolve(to), freeBytes: free };
  } finally {
    if (isNew) await rmdir(to);
  }
}

/**
 * Moves a sealed vault into a new or empty folder, on any disk. Every file is copied, synced and read again; then the place says
 * that the copy is the vault, at once; then the old folder is removed. After a kill at any moment exactly one of both is the
 * vault, and `settleMoves` finishes or takes back. On abort, before the switch alone, the copy is removed and the signal's
 * reason thrown. `onBytes` tells of copied bytes. Throws what `planMove` throws, `vault.inUse`, `disk.failed`.
 */
export async function moveVault(
  place: VaultPlace,
  from: string,
  to: string,
  watch: CopyWatch = {},
): Promise<PlannedMove> {
  return await guarded(place, async () => {
    await settle(place);
    const madeFolder = !existsSync(to);
    const planned = await planMove(from, to);
    const lock = VaultLock.acquire(planned.from, 'move');
    try {
      const { id: vaultId } = await readHeader(planned.from);
      const mark = await markOf(planned.from);
      const move: VaultMove = {
        from: planned.from,
        to: planned.to,
        stage: 'copying',
        vaultId,
        madeFolder,
        mark,
      };
      await replaceMove(place, move);
      try {
        reached('move.begun');
        await copyVault(move, watch);
        reached('move.copied');
        watch.signal?.throwIfAborted();
      } catch (error) {
        // What cannot be removed now, as without its disk, is removed at the next start.
        await takeBack(place, move).catch(() => undefined);
        throw folderError(error, planned.to);
      }
      const switched: VaultMove = { ...move, stage: 'switched' };
      await switchTo(place, switched);
      reached('move.switched');
      await finish(place, switched, lock);
      return planned;
    } finally {
      lock.release();
      // The lock itself goes last: nothing else may open it while it is held.
      await removeEmptied(place, planned.from);
    }
  });
}

/**
 * Finishes or takes back moves that a kill has interrupted, as far as their disks are there; does nothing while another process
 * moves a vault. To be called before the app's vault is looked for. Throws `disk.full`, `disk.failed`.
 */
export async function settleMoves(place: VaultPlace): Promise<void> {
  if (place.read().moves.length === 0) return;
  try {
    await guarded(place, () => settle(place));
  } catch (error) {
    if (!isAppError(error, 'vault.inUse')) throw error;
  }
}

async function guarded<T>(place: VaultPlace, action: () => Promise<T>): Promise<T> {
  await makeFolder(place.ownFolder);
  const guard = VaultLock.acquire(place.ownFolder, 'move');
  try {
    return await action();
  } finally {
    guard.release();
  }
}

async function settle(place: VaultPlace): Promise<void> {
  for (const move of place.read().moves) {
    if (move.stage === 'copying') await takeBack(place, move);
    else await settleSwitched(place, move);
  }
}

async function settleSwitched(place: VaultPlace, move: VaultMove): Promise<void> {
  // Without the copy in sight the old one is the only one, and stays.
  if (!(await holdsCopy(move))) return;
  if (!existsSync(move.from)) {
    // Perhaps on a disk that is not plugged in: then it is removed when that is back.
    if (existsSync(dirname(move.from))) await finish(place, move, null);
    else await nameHeader(move);
    return;
  }
  const lock = VaultLock.acquire(move.from, 'move');
  try {
    await finish(place, move, lock);
  } finally {
    lock.release();
    await removeEmptied(place, move.from);
  }
}

async function copyVault({ from, to }: VaultMove, watch: CopyWatch): Promise<void> {
  await prepareNewFolder(to);
  await makeFolder(join(to, OBJECTS_NAME));
  await copyShelves(join(from, OBJECTS_NAME), join(to, OBJECTS_NAME), watch);
  await syncFolder(join(to, OBJECTS_NAME));
  for (const name of [HEAD_NAME, DATABASE_NAME, `${DATABASE_NAME}-wal`]) {
    await copyIfPresent(join(from, name), join(to, name), watch);
  }
  await replaceFile(join(to, MOVED_NAME), Buffer.from(`${Date.now()}\n`));
  await rm(join(to, WAITING_HEADER), { force: true });
  await copyVerified(join(from, HEADER_NAME), join(to, WAITING_HEADER), watch);
  await syncFolder(to);
  await syncFolder(dirname(to));
}

/** The moment from which the copy is the vault. */
async function switchTo(place: VaultPlace, move: VaultMove): Promise<void> {
  const { folder, moves, ...rest } = place.read();
  const isApps = (folder ?? place.usual) === move.from;
  const next = isApps ? (move.to === place.usual ? null : move.to) : folder;
  await place.write({ ...rest, folder: next, moves: [...others(moves, move), move] });
}

/** Names the copy's header, and removes what is left in the old folder, or keeps it as a former vault if it was used since. */
async function finish(place: VaultPlace, move: VaultMove, lock: VaultLock | null): Promise<void> {
  await nameHeader(move);
  reached('move.named');
  const isUsedSince = lock !== null && !(await isAsCopied(move));
  if (isUsedSince) await place.write({ ...place.read(), former: withFormer(place.read(), move.from) });
  else if (lock !== null) await removeVault(move.from);
  reached('move.removed');
  await forget(place, move);
}

async function nameHeader({ to }: VaultMove): Promise<void> {
  if (!existsSync(join(to, WAITING_HEADER))) return;
  await rename(join(to, WAITING_HEADER), join(to, HEADER_NAME));
  await syncFolder(to);
}

async function isAsCopied({ from, mark }: VaultMove): Promise<boolean> {
  // Without its header it is no vault any more: removing was interrupted.
  if (!existsSync(join(from, HEADER_NAME))) return true;
  const now = await markOf(from);
  return now.bytes === mark.bytes && now.modifiedMs === mark.modifiedMs;
}

/** Whether the copy is in sight, whole and of this vault: its header was the last thing that was copied. */
async function holdsCopy({ to, vaultId }: VaultMove): Promise<boolean> {
  if (existsSync(join(to, WAITING_HEADER))) return true;
  return await readHeader(to).then(
    ({ id }) => id === vaultId,
    () => false,
  );
}

/** Removes what a move has copied; keeps it in mind where the disk is not there. */
async function takeBack(place: VaultPlace, move: VaultMove): Promise<void> {
  const { to } = move;
  if (!existsSync(dirname(to))) return;
  // A copy never has this name before the switch: somebody else's vault.
  if (existsSync(to) && !existsSync(join(to, HEADER_NAME))) {
    await removeVault(to);
    if (move.madeFolder) await rmdir(to).catch(() => undefined);
  }
  await forget(place, move);
}

/** Removes a vault's files by their names, the header first: what is left of it is no vault. Its lock stays. */
async function removeVault(folder: string): Promise<void> {
  const remove = (name: string) => rm(join(folder, name), { recursive: true, force: true });
  await remove(HEADER_NAME);
  await syncFolder(folder);
  reached('move.closed');
  for (const name of [WAITING_HEADER, MOVED_NAME, OBJECTS_NAME, INCOMING_NAME, ...DATABASE_NAMES])
    await remove(name);
  for (const name of [HEAD_NAME, temporaryNameFor(HEAD_NAME)]) await remove(name);
  await syncFolder(folder);
}

/** Removes the lock of a folder that is no vault any more, and the folder if nothing else is in it. */
async function removeEmptied(place: VaultPlace, folder: string): Promise<void> {
  if (existsSync(join(folder, HEADER_NAME)) || place.folder === folder) return;
  for (const name of [LOCK_NAME, HOLDER_NAME]) await rm(join(folder, name), { force: true });
  await rmdir(folder).catch(() => undefined);
}

async function markOf(folder: string): Promise<VaultMark> {
  let mark: VaultMark = { bytes: 0, modifiedMs: 0 };
  const names = new Set([HEADER_NAME, HEAD_NAME, DATABASE_NAME, `${DATABASE_NAME}-wal`]);
  for (const name of await readdir(folder)) {
    if (!names.has(name)) continue;
    const { size, mtimeMs } = await stat(join(folder, name));
    mark = { bytes: mark.bytes + size, modifiedMs: Math.max(mark.modifiedMs, mtimeMs) };
  }
  return mark;
}

async function replaceMove(place: VaultPlace, move: VaultMove): Promise<void> {
  const content = place.read();
  await place.write({ ...content, moves: [...others(content.moves, move), move] });
}

async function forget(place: VaultPlace, move: VaultMove): Promise<void> {
  const content = place.read();
  await place.write({ ...content, moves: others(content.moves, move) });
}

function others(moves: readonly VaultMove[], { from, to }: VaultMove): VaultMove[] {
  return moves.filter((other) => other.from !== from || other.to !== to);
}
