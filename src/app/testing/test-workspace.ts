import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Delivery, FULL_CONTENT } from '../../contract/document.ts';
import type { CoreEvent } from '../../contract/events.ts';
import type { JobOptions } from '../../contract/job.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { replayEngine } from '../../core/engine/testing/replaying-engine.ts';
import { ModelStore } from '../../core/models/model-store.ts';
import { DICTATION_MODEL } from '../../core/models/testing/dictation-model.ts';
import { HASHING_FLOOR } from '../../core/vault/passphrase.ts';
import { Vault } from '../../core/vault/vault.ts';
import { HEADER_NAME } from '../../core/vault/vault-header.ts';
import type { CaptureDevices } from '../capture/capture-devices.ts';
import type { RetryPolicy } from '../jobs/retry-policy.ts';
import { Models } from '../models/models.ts';
import { type AppServices, openVaultApp, type VaultApp } from '../open-app.ts';

const PASSPHRASE = 'seven grey horses on a hill';

/** The fixture model on one thread, English: on a busy machine more threads only contend. */
export const SAMPLE_OPTIONS: JobOptions = {
  model: DICTATION_MODEL,
  language: 'en',
  prompt: '',
  speakers: 'auto',
  speakerCount: null,
  translate: false,
  keepSilence: false,
  threads: 1,
  beamSize: null,
};

/** Retries at once, so that a test sees the outcome of a job that keeps failing. */
export const IMPATIENT: RetryPolicy = { delaysMs: [0, 0], space: { pollMs: 20, neededBytes: 1 } };

/** Options of a test. */
export interface TestWorkspaceOptions {
  readonly launchEngine?: EngineLauncher;
  readonly retryPolicy?: RetryPolicy;
  readonly emit?: (event: CoreEvent) => void;
  readonly captureDevices?: CaptureDevices;
  readonly freeMemory?: () => number;
}

/** An open vault, with the services that its domains share. */
export interface Workspace extends AppServices {
  readonly app: VaultApp;
  close(): Promise<void>;
}

let template: Promise<{ header: Buffer; recoveryKey: string }> | null = null;

/** Makes a vault for `openWorkspace`, and leaves it closed. Its recovery key is beside it. */
export async function makeVault(folder: string): Promise<void> {
  // Hashing a passphrase is slow on purpose: all vaults that a process makes here are copies of one.
  template ??= makeTemplate();
  const { header, recoveryKey } = await template;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, HEADER_NAME), header);
  await writeFile(keyFile(folder), recoveryKey);
}

async function makeTemplate(): Promise<{ header: Buffer; recoveryKey: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-template-'));
  const options = { hashingCost: HASHING_FLOOR };
  const { vault, recoveryKey } = await Vault.create(folder, { passphrase: PASSPHRASE }, options);
  await vault.seal();
  const header = await readFile(join(folder, HEADER_NAME));
  await rm(folder, { recursive: true });
  return { header, recoveryKey };
}

// A recovery key opens at once, a passphrase is slow on purpose.
function keyFile(folder: string): string {
  return `${folder}.key`;
}

/** Opens a vault made by `makeVault` as the program would after a restart. The queue is not started. */
export async function openWorkspace(folder: string, options: TestWorkspaceOptions = {}): Promise<Workspace> {
  const recoveryKey = await readFile(keyFile(folder), 'utf8');
  return await workspaceOf(await Vault.open(folder, { kind: 'recoveryKey', recoveryKey }), options);
}

/** Makes an ephemeral vault inside a folder and opens it. */
export async function openEphemeral(parent: string, options: TestWorkspaceOptions = {}): Promise<Workspace> {
  return await workspaceOf(await Vault.createEphemeral(parent), options);
}

/** Opens the application on an open vault, in English. */
export async function workspaceOf(vault: Vault, options: TestWorkspaceOptions = {}): Promise<Workspace> {
  const {
    launchEngine = replayEngine,
    retryPolicy = IMPATIENT,
    emit = () => undefined,
    captureDevices,
    freeMemory,
  } = options;
  const app = await openVaultApp({
    vault,
    models: new Models(new ModelStore(join(vault.folder, 'no-models'))),
    launchEngine,
    emit,
    retryPolicy,
    ...(freeMemory && { freeMemory }),
    language: () => 'en',
    numbersLocale: () => 'en-US',
    documentsFolder: vault.folder,
    ...(captureDevices && { captureDevices }),
  });
  return { ...app.services, app, close: () => app.close() };
}

/** Default import options. */
export const PLAIN_IMPORT = { matterId: null, track: null, speakers: 'auto' } as const;

/** Plain text into a folder. */
export function textInto(folder: string): Delivery {
  return { folder, formats: ['txt'], timestamps: false, overwrite: true, content: FULL_CONTENT };
}

/** All text that the engine returned in a job, in order, with its times: equal for equal transcripts. */
export async function heardIn({ database }: Workspace, jobId: string): Promise<string[]> {
  const version = await database.versions.ofJob(jobId);
  if (version === null) return [];
  const segments: string[] = [];
  for await (const { segment } of eachSegment(database, version.id)) {
    const { startMs, endMs, speaker, language, text, words } = segment;
    const times = words.map((word) => `${word.startMs}-${word.endMs}`).join(' ');
    segments.push(`${startMs}-${endMs} ${speaker ?? ''} ${language ?? ''} ${text} [${times}]`);
  }
  return segments;
}
