import type { KeyObject } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isAppError } from '../../contract/errors.ts';
import { z } from '../../contract/schema.ts';
import { safeBaseName } from '../../core/files/safe-file-name.ts';
import { FinishedList } from '../contract/collect-api.ts';
import { isOfficeError } from '../contract/office-errors.ts';
import type { ExchangeVault } from '../exchange/exchange-vault.ts';
import { transcriptFileIn } from '../exchange/result-file.ts';
import { openEnvelope } from '../sealing/envelope.ts';
import { readRecordingContent } from '../sealing/recording-content.ts';
import type { OfficeClient } from './office-client.ts';
import { fetchResult } from './send-recording.ts';

/** What is collected, and with which key. */
export interface CollectOptions {
  readonly client: Pick<OfficeClient, 'finished' | 'recording' | 'result'>;
  /** Of the tenant's vault. */
  readonly privateKey: KeyObject;
  /** The matter that recordings come into; null for none. */
  readonly matterId: string | null;
  readonly tell: (event: CollectEvent) => void;
}

/** What happens to a finished job. */
export type CollectEvent =
  | { readonly type: 'collected'; readonly name: string }
  /** It was not sealed for this vault, or cannot be read. */
  | { readonly type: 'leftOut'; readonly jobId: string; readonly error: unknown };

/** How far a vault has collected: a setting of it. */
const PLACE = 'officeCollectedTo';
/** Listed again at the beginning of each call: what the vault has is not collected twice. */
const OVERLAP_MS = 60_000;
const Place = FinishedList.shape.jobs.element;

/**
 * Brings the tenant's finished recordings with their texts into a vault, from where the last call ended. Killed anywhere, the next
 * call goes on: a recording is known by its job, which its source's folder was named after, and a text by its job's id. Throws the office's, the
 * vault's and the disk's errors.
 */
export async function collect(vault: ExchangeVault, options: CollectOptions): Promise<void> {
  const { settings } = vault.app.services.database;
  const begun = await recordingsByJob(vault);
  let place = placeBefore(z.nullable(Place).parse(await settings.get(PLACE)));
  for (;;) {
    const jobs = await options.client.finished(place);
    if (jobs.length === 0) return;
    for (const job of jobs) {
      await collectOne(vault, options, job.jobId, begun.get(job.jobId) ?? null);
      place = job;
      await settings.set({ key: PLACE, value: place });
    }
  }
}

/** Somewhat before: what ended in the same moment, or by a clock that was set back, may have been listed behind. */
function placeBefore(place: z.output<typeof Place> | null): z.output<typeof Place> | null {
  return place && { ...place, finishedAtMs: Math.max(0, place.finishedAtMs - OVERLAP_MS) };
}

async function collectOne(
  vault: ExchangeVault,
  { client, privateKey, matterId, tell }: CollectOptions,
  jobId: string,
  begun: string | null,
): Promise<void> {
  const { importedTexts, recordings } = vault.app.services.database;
  if (await importedTexts.has(jobId)) return;
  try {
    const text = transcriptFileIn(await fetchResult(client, jobId, privateKey));
    let recordingId = begun;
    if (recordingId !== null && (await recordings.get(recordingId)).state === 'importing') {
      // Its source went with the process that was killed.
      await vault.app.recordings.erase(recordingId);
      recordingId = null;
    }
    recordingId ??= await received(vault, client, privateKey, jobId, (source) =>
      vault.addRecording(source, matterId, text.settings.speakers),
    );
    await vault.addText(recordingId, jobId, text);
    tell({ type: 'collected', name: (await recordings.get(recordingId)).name });
  } catch (error) {
    // What is wrong with this one alone does not keep the others from coming.
    const isOwn = isOfficeError(error)
      ? isOfOneObject(error.code)
      : isAppError(error) && isOfOneSource(error.code);
    if (!isOwn) throw error;
    tell({ type: 'leftOut', jobId, error });
  }
}

/** Opens a recording in memory, for as long as `use` needs it. */
async function received<T>(
  vault: ExchangeVault,
  client: CollectOptions['client'],
  privateKey: KeyObject,
  jobId: string,
  use: (source: string) => Promise<T>,
): Promise<T> {
  const folder = await vault.folderFor(jobId);
  try {
    const sealed = await client.recording(jobId);
    const { manifest, file } = await readRecordingContent(
      openEnvelope({ objectId: jobId, kind: 'recording' }, privateKey, sealed),
    );
    const name = basename(manifest.name);
    const ending = extname(name);
    const source = join(folder, `${safeBaseName(name.slice(0, name.length - ending.length))}${ending}`);
    await pipeline(Readable.from(file), createWriteStream(source, { mode: 0o600 }));
    return await use(source);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Recordings of the vault that were collected, by their jobs: the folders of their sources bear these names. */
async function recordingsByJob({ app }: ExchangeVault): Promise<ReadonlyMap<string, string>> {
  const all = await app.recordings.list();
  return new Map(all.map(({ id, sourcePath }) => [basename(dirname(sourcePath)), id]));
}

function isOfOneObject(code: string): boolean {
  return code.startsWith('envelope.') || code.startsWith('result.') || code === 'object.gone';
}

function isOfOneSource(code: string): boolean {
  return code.startsWith('media.');
}
