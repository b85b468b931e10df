import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/ipc.ts';
import type { AppState } from '../../contract/views.ts';
import type { VaultMoves } from './vault-moves.ts';
import type { VaultSession, VaultWork } from './vault-session.ts';

/** Request handlers of where the vault lies: moving it, using another, and one that is missing. */
export function placeHandlers(parts: {
  readonly session: VaultSession<VaultWork>;
  readonly moves: VaultMoves;
  readonly state: () => Promise<AppState>;
  /** Lets the user choose a folder; null if cancelled. */
  readonly chooseFolder: () => Promise<string | null>;
  /** The name of the vault's new folder, where the chosen one holds other things. */
  readonly movedName: () => string;
  /** Whether the user allows sealing the vault: there may be unsaved typing. */
  readonly maySeal: () => Promise<boolean>;
}): Pick<Handlers, Extract<keyof Handlers, `vaultPlace.${string}`>> {
  const { session, moves, state } = parts;
  /** Throws `vault.sealed` unless the vault is open. */
  const assertOpen = () => void session.work;
  return {
    'vaultPlace.plan': async () => {
      assertOpen();
      const chosen = await parts.chooseFolder();
      return chosen === null ? null : await moves.plan(await newFolderIn(chosen, parts.movedName()));
    },
    'vaultPlace.move': async () => {
      assertOpen();
      if (await parts.maySeal()) moves.begin();
    },
    'vaultPlace.stop': async () => {
      await moves.stop();
      return await state();
    },
    'vaultPlace.lookAgain': async () => {
      await session.lookAgain();
      return await state();
    },
    'vaultPlace.useOther': async () => {
      const folder = await parts.chooseFolder();
      if (folder !== null && (await parts.maySeal())) {
        await session.changeVault(folder).catch((error: unknown) => {
          // Advice for a vault that is missing is no help where one was chosen.
          if (isAppError(error, 'vault.notFound')) throw new AppError('vault.notAVault', { folder });
          throw error;
        });
      }
      return await state();
    },
    'vaultPlace.goWithout': async () => {
      await session.goWithout();
      return await state();
    },
  };
}

/** The chosen folder itself if nothing is in it, else one in it that does not exist yet. */
async function newFolderIn(chosen: string, name: string): Promise<string> {
  const isEmpty = (await readdir(chosen).catch(() => ['unreadable'])).length === 0;
  if (isEmpty) return chosen;
  for (let number = 1; ; number += 1) {
    const folder = join(chosen, number === 1 ? name : `${name} (${number})`);
    if (!existsSync(folder)) return folder;
  }
}
