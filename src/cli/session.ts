import { PROMPT } from '../app/jobs/retry-policy.ts';
import { Models } from '../app/models/models.ts';
import { openVaultApp, type VaultApp } from '../app/open-app.ts';
import { openEphemeralVault, openVault } from '../app/vault/open-vault.ts';
import type { EventSink } from '../contract/events.ts';
import { numbersLocale } from '../contract/locale.ts';
import { credentialFor, type SecretFiles } from './secrets.ts';
import type { Terminal } from './terminal.ts';

/** Which vault a command works in, as the user named it; without one in an ephemeral one. */
export interface VaultChoice extends SecretFiles {
  readonly vault?: string;
}

/** Opens the vault, does something in it, and seals it again whatever happens. Throws vault errors. */
export async function withVault<T>(
  terminal: Terminal,
  choice: VaultChoice,
  body: (app: VaultApp) => Promise<T>,
): Promise<T> {
  const app = await openChosen(terminal, choice, () => undefined);
  try {
    return await body(app);
  } finally {
    await app.close();
  }
}

/**
 * Opens the chosen vault with everything that works on it. The queue is not started. The engine starts meanwhile with the
 * model that is expected to be asked for, if one is. Throws vault errors.
 */
export async function openChosen(
  terminal: Terminal,
  choice: VaultChoice,
  emit: EventSink,
  expectedModel?: string,
): Promise<VaultApp> {
  const { launchEngine } = terminal;
  const vault =
    choice.vault === undefined
      ? await openEphemeralVault()
      : await openVault(choice.vault, await credentialFor(terminal, choice.vault, choice));
  try {
    return await openVaultApp({
      vault,
      models: new Models(),
      launchEngine,
      ...(expectedModel === undefined ? {} : { expectedModel }),
      emit,
      retryPolicy: PROMPT,
      language: () => terminal.language,
      numbersLocale: () => numbersHere(terminal.env),
      documentsFolder: process.cwd(),
    });
  } catch (error) {
    await vault.seal();
    throw error;
  }
}

/** How numbers are written where an environment says, else on this machine, as a BCP 47 locale. */
export function numbersHere(env: Terminal['env']): string {
  return numbersLocale(env) ?? Intl.DateTimeFormat().resolvedOptions().locale;
}
