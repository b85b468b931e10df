import { AppError, isAppError } from '../../contract/errors.ts';
import { ephemeralVaultsFolder } from '../../core/folders.ts';
import { type Credential, sweepEphemeralVaults, Vault } from '../../core/vault/vault.ts';

/** The holder that a vault's lock names to a refused process. */
export const VAULT_HOLDER = 'VoiceSync';

/** Opens a vault, to be sealed by the caller. Throws vault errors. */
export async function openVault(folder: string, credential: Credential): Promise<Vault> {
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
