import type { Handlers } from '../../contract/ipc.ts';
import type { AppState } from '../../contract/views.ts';
import { passphraseStrength } from '../../core/vault/passphrase-strength.ts';
import type { KeepingRequest } from './keeping-handlers.ts';
import { prepareKeyFile, writeRecoveryKey } from './secret-files.ts';
import type { VaultSession, VaultWork } from './vault-session.ts';

type VaultRequest = Exclude<Extract<keyof Handlers, `vault.${string}`>, KeepingRequest>;

/** Request handlers of making, opening and locking the vault. */
export function vaultHandlers(parts: {
  readonly session: VaultSession<VaultWork>;
  readonly state: () => Promise<AppState>;
  /** The recovery key that is to replace the open vault's; null if there is none. */
  readonly renewedKey: () => string | null;
  readonly alwaysSeal: () => boolean;
  /** Whether the user allows sealing the vault: there may be unsaved typing. */
  readonly maySeal: () => Promise<boolean>;
  /** Names that an attacker would guess: those of the vault's matters, as far as they may be read. */
  readonly ownNames: () => Promise<string[]>;
  /** Lets the user choose where to save the recovery key; null if cancelled. */
  readonly chooseKeyFile: () => Promise<string | null>;
  /** The text above the key in its file. */
  readonly keyFileText: () => string;
}): Pick<Handlers, VaultRequest> {
  const { session, state } = parts;
  const groups = (recoveryKey: string) => ({ groups: recoveryKey.split('-') });
  const thenState = async (step: Promise<void>) => {
    await step;
    return await state();
  };
  return {
    'vault.begin': async ({ passphrase, withKeychain }) =>
      groups(await session.begin(passphrase, withKeychain)),
    'vault.confirm': ({ groups: typed }) => thenState(session.confirm(typed)),
    'vault.recoveryKey': () => groups(session.recoveryKey),
    'vault.back': () => thenState(session.back()),
    'vault.saveRecoveryKey': async () => {
      const recoveryKey = parts.renewedKey() ?? session.recoveryKey;
      const file = await parts.chooseKeyFile();
      if (file === null) return { saved: false };
      await prepareKeyFile(file, session.folder);
      // The system's dialog has asked whether to replace a file.
      await writeRecoveryKey(file, recoveryKey, { text: parts.keyFileText(), replace: true });
      return { saved: true };
    },
    'vault.unlock': ({ passphrase }) => thenState(session.unlock(passphrase)),
    'vault.unlockWithKeychain': () => thenState(session.unlockWithKeychain()),
    'vault.setKeychain': ({ enabled, passphrase }) => thenState(session.setKeychain(enabled, passphrase)),
    'vault.recover': async ({ recoveryKey, passphrase }) =>
      groups(await session.recover(recoveryKey, passphrase)),
    'vault.passphraseStrength': async ({ passphrase }) =>
      passphraseStrength(passphrase, await parts.ownNames()),
    'vault.changePassphrase': ({ current, next }) => session.changePassphrase(current, next),
    'vault.lock': async ({ how }) => {
      const chosen = parts.alwaysSeal() ? 'seal' : how;
      if (chosen === 'curtain' || (await parts.maySeal())) await session.lock(chosen);
      return await state();
    },
  };
}
