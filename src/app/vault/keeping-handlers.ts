import { existsSync, rmdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { AppEvent, Handlers } from '../../contract/ipc.ts';
import type { AppState } from '../../contract/views.ts';
import { isWithin, resolveLinks } from '../../core/vault/vault-folder.ts';
import { dayAndTime } from '../day-and-time.ts';
import type { KeepingWatch } from './keeping-watch.ts';
import type { VaultKeeping } from './vault-keeping.ts';
import type { VaultSession, VaultWork } from './vault-session.ts';

/** The requests to back up and verify an open vault, to renew its recovery key, and to restore a backup. */
export type KeepingRequest = Extract<
  keyof Handlers,
  | 'vault.lastBackup'
  | 'vault.backUp'
  | 'vault.verify'
  | 'vault.stopKeeping'
  | 'vault.restore'
  | 'vault.restoreBeside'
  | 'vault.useRestored'
  | `vault.${'begin' | 'confirm' | 'cancel'}Renewal`
>;

/** Request handlers of the vault's keeping. */
export function keepingHandlers(parts: {
  readonly session: VaultSession<VaultWork>;
  /** Throws `vault.sealed` unless the vault is open. */
  readonly keeping: () => VaultKeeping;
  readonly state: () => Promise<AppState>;
  /** Lets the user choose a folder; null if cancelled. */
  readonly chooseFolder: () => Promise<string | null>;
  /** The name of a backup's folder, from the day and time as written in it. */
  readonly backupName: (time: string) => string;
  /** The name of a restored vault's folder, beside one of this name. */
  readonly restoredName: (vault: string, time: string) => string;
  /** Whether the user allows sealing the vault: there may be unsaved typing. */
  readonly maySeal: () => Promise<boolean>;
  readonly tell: (event: AppEvent) => void;
}): Pick<Handlers, KeepingRequest> {
  const { session, keeping, tell } = parts;
  let stop: AbortController | null = null;
  let restoredFolder: string | null = null;

  /** Runs one long operation; null if the user has stopped it. */
  async function stoppable<T>(work: (watch: KeepingWatch) => Promise<T>): Promise<T | null> {
    const own = new AbortController();
    stop?.abort();
    stop = own;
    try {
      const onProgress = (done: number, total: number) =>
        tell({ type: 'keepingProgress', progress: { done, total } });
      onProgress(0, 0);
      return await work({ signal: own.signal, onProgress });
    } catch (error) {
      if (own.signal.aborted && !isAppError(error)) return null;
      throw error;
    }
  }

  return {
    'vault.lastBackup': async () => ({ atMs: await keeping().lastBackupAtMs() }),
    'vault.backUp': async () => {
      const open = keeping();
      const place = await parts.chooseFolder();
      if (place === null) return 'cancelled';
      if (isWithin(await resolveLinks(open.folder), await resolveLinks(place))) {
        throw new AppError('vault.backupInside', { folder: place });
      }
      const folder = freeFolder(place, parts.backupName);
      const copied = await stoppable((watch) => open.backUp(folder, watch)).catch((error: unknown) => {
        removeIfEmpty(folder);
        throw error;
      });
      if (copied !== null) return { folder, objects: copied.objectCount };
      removeIfEmpty(folder);
      return 'stopped';
    },
    'vault.verify': () => stoppable((watch) => keeping().verifyByName(watch)),
    'vault.stopKeeping': () => stop?.abort(),
    'vault.beginRenewal': async ({ passphrase }) => ({
      groups: (await keeping().beginRenewal(passphrase)).split('-'),
    }),
    'vault.confirmRenewal': ({ groups }) => keeping().confirmRenewal(groups),
    'vault.cancelRenewal': () => keeping().cancelRenewal(),
    'vault.restoreBeside': async () => {
      const open = keeping();
      const backup = await parts.chooseFolder();
      if (backup === null) return 'cancelled';
      const folder = freeFolder(dirname(open.folder), (time) =>
        parts.restoredName(basename(open.folder), time),
      );
      const copied = await stoppable((watch) => open.restoreBeside(backup, folder, watch)).catch(
        (error: unknown) => {
          removeIfEmpty(folder);
          throw asOfBackup(error, backup);
        },
      );
      if (copied === null) {
        removeIfEmpty(folder);
        return 'stopped';
      }
      restoredFolder = folder;
      return { folder, objects: copied.objectCount };
    },
    'vault.useRestored': async () => {
      if (restoredFolder === null) throw new AppError('usage.invalid', { problem: 'restored' });
      if (await parts.maySeal()) await session.changeVault(restoredFolder);
      return await parts.state();
    },
    'vault.restore': async () => {
      session.assertNoVault();
      const backup = await parts.chooseFolder();
      if (backup !== null) {
        await session.restore(backup).catch((error: unknown) => {
          throw asOfBackup(error, backup);
        });
      }
      return await parts.state();
    },
  };
}

/** Advice for a vault missing from its usual folder is no help where a backup was chosen. */
function asOfBackup(error: unknown, backup: string): unknown {
  return isAppError(error, 'vault.notFound') ? new AppError('vault.notAVault', { folder: backup }) : error;
}

/** An empty folder named like a backup would pass for one. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not made yet, or not empty and so not ours to remove.
  }
}

/** A folder that does not exist yet, named after the backup's day and time. */
function freeFolder(place: string, nameOf: (time: string) => string): string {
  const name = nameOf(dayAndTime(new Date()));
  for (let number = 1; ; number += 1) {
    const folder = join(place, number === 1 ? name : `${name} (${number})`);
    if (!existsSync(folder)) return folder;
  }
}
