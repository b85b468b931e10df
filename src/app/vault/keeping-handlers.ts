import { existsSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { AppEvent, Handlers } from '../../contract/ipc.ts';
import type { AppState } from '../../contract/views.ts';
import { isWithin, resolveLinks } from '../../core/vault/vault-folder.ts';
import { dayAndTime } from '../day-and-time.ts';
import type { KeepingWatch, VaultKeeping } from './vault-keeping.ts';
import type { VaultSession, VaultWork } from './vault-session.ts';

/** The requests to back up and verify an open vault, to renew its recovery key, and to restore a backup. */
export type KeepingRequest = Extract<
  keyof Handlers,
  | 'vault.lastBackup'
  | 'vault.backUp'
  | 'vault.verify'
  | 'vault.stopKeeping'
  | 'vault.restore'
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
  readonly tell: (event: AppEvent) => void;
}): Pick<Handlers, KeepingRequest> {
  const { session, keeping, tell } = parts;
  let stop: AbortController | null = null;

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
    'vault.restore': async () => {
      session.assertNoVault();
      const backup = await parts.chooseFolder();
      if (backup !== null) {
        await session.restore(backup).catch((error: unknown) => {
          // Advice for a vault missing from its usual folder is no help here.
          if (isAppError(error, 'vault.notFound')) throw new AppError('vault.notAVault', { folder: backup });
          throw error;
        });
      }
      return await parts.state();
    },
  };
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
