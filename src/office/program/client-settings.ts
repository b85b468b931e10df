import { join } from 'node:path';
import { LanguageChoice } from '../../contract/job.ts';
import { z } from '../../contract/schema.ts';
import { dataFolder } from '../../core/folders.ts';
import { privateKeyFromPem } from '../sealing/office-keys.ts';
import { type Environment, secretIn, settingsOf } from './office-settings.ts';

const Access = z.object({
  OFFICE_GATEWAY: z.url(),
  OFFICE_CLIENT_TOKEN_FILE: z.string().min(1),
});

const Client = Access.extend({
  /** The client's own: its key, what it has sent, its outbox. */
  OFFICE_CLIENT_FOLDER: z.string().min(1).optional(),
  /** As somebody who looks after the office told it; else the one that is seen first counts. */
  OFFICE_FINGERPRINT: z.string().min(1).optional(),
  /** The spoken language. */
  OFFICE_LANGUAGE: LanguageChoice.default('auto'),
});

const Collector = Access.extend({
  /** The private key of the tenant's vault. */
  OFFICE_VAULT_KEY_FILE: z.string().min(1),
});

async function accessOf(settings: z.output<typeof Access>) {
  return { gateway: settings.OFFICE_GATEWAY, token: await secretIn(settings.OFFICE_CLIENT_TOKEN_FILE) };
}

/** The settings of a client. Throws for what is missing. */
export async function clientSettings(env: Environment) {
  const settings = settingsOf(Client, env);
  return {
    access: await accessOf(settings),
    folder: settings.OFFICE_CLIENT_FOLDER ?? join(dataFolder(), 'office-client'),
    fingerprint: settings.OFFICE_FINGERPRINT ?? null,
    language: settings.OFFICE_LANGUAGE,
  };
}

/** The settings of the machine with a tenant's vault. Throws for what is missing. */
export async function collectorSettings(env: Environment) {
  const settings = settingsOf(Collector, env);
  return {
    access: await accessOf(settings),
    privateKey: privateKeyFromPem(await secretIn(settings.OFFICE_VAULT_KEY_FILE)),
  };
}
