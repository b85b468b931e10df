import { AppError, isAppError } from '../../contract/errors.ts';
import { ephemeralVaultsFolder, usualVaultFolder } from '../../core/folders.ts';
import { type Credential, sweepEphemeralVaults, Vault } from '../../core/vault/vault.ts';
import { settleMoves } from '../../core/vault/vault-move.ts';
import { VaultPlace } from '../../core/vault/vault-place.ts';

/** The holder that a vault's lock names to a refused process. */
export const VAULT_HOLDER = 'VoiceSync';

/** The place of the app's vault. */
export function appVaultPlace(): VaultPlace {
  return new VaultPlace(usualVaultFolder());
}

/** Finishes or takes back moves of vaults that were interrupted. Throws `disk.full`, `disk.failed`. */
export async function settleVaultPlace(): Promise<void> {
  await settleMoves(appVaultPlace());
}

/** The folder of the app's vault, after interrupted moves were settled. Throws `disk.full`, `disk.failed`. */
export async function appVaultFolder(): Promise<string> {
  await settleVaultPlace();
  return appVaultPlace().folder;
}

/** Opens a vault, to be sealed by the caller; a move that was interrupted is finished or taken back before. Throws vault errors. */
export async function openVault(folder: string, credential: Credential): Promise<Vault> {
  await settleVaultPlace();
  return await Vault.open(folder, credential, { purpose: VAULT_HOLDER });
}

/**
 * Opens an ephemeral vault, whose key never leaves this process, and sweeps those of processes that died. Throws vault errors,
 * and `folder.dataNotWritable` if the data folder cannot be written.
 */
export async function openEphemeralVault(): Promise<Vault> {
  const parent = ephemeralVaultsFolder();
  try {
    await sweepEphemeralVaults(parent);
    return await Vault.createEphemeral(parent, { purpose: VAULT_HOLDER });
  } catch (error) {
    // The user has not chosen this folder, and cannot choose another.
    if (isAppError(error, 'folder.notWritable'))
      throw new AppError('folder.dataNotWritable', { folder: parent });
    throw error;
  }
}
