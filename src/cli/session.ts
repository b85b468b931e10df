import type { CaptureDevices } from '../app/capture/capture-devices.ts';
import { PROMPT } from '../app/jobs/retry-policy.ts';
import { Models } from '../app/models/models.ts';
import { openVaultApp, type VaultApp } from '../app/open-app.ts';
import { openEphemeralVault, openVault } from '../app/vault/open-vault.ts';
import type { EventSink } from '../contract/events.ts';
import { numbersLocale } from '../contract/locale.ts';
import type { ProcessingQuality } from '../contract/quality.ts';
import { credentialFor, type SecretFiles } from './terminal/secrets.ts';
import type { Terminal } from './terminal/terminal.ts';

/** The vault of a command, as the user named it; without one an ephemeral vault. */
export interface VaultChoice extends SecretFiles {
  readonly vault?: string;
}

/** Opens the vault, runs `body` in it, and always seals it again. Throws vault errors. */
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

/** What the app on a vault is opened with, besides the terminal's own. */
export interface OpeningParts {
  /** The engine preloads this model meanwhile. */
  readonly expectedModel?: string;
  /** How much of the machine jobs may take, if not the usual. */
  readonly quality?: () => ProcessingQuality;
  /** Without it nothing can be recorded. */
  readonly captureDevices?: CaptureDevices;
}

/** Opens the app on the chosen vault. The queue is not started. Throws vault errors. */
export async function openChosen(
  terminal: Terminal,
  choice: VaultChoice,
  emit: EventSink,
  parts: OpeningParts = {},
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
      ...parts,
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

/** The number locale of the environment, else of this machine, as BCP 47. */
export function numbersHere(env: Terminal['env']): string {
  return numbersLocale(env) ?? Intl.DateTimeFormat().resolvedOptions().locale;
}
