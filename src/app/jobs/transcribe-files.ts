import { basename, resolve } from 'node:path';
import type { Delivery, ExportFormat } from '../../contract/document.ts';
import type { JobOptions, SpeakerChoice } from '../../contract/job.ts';
import type { Database } from '../../core/database/database.ts';
import { isInFolder, isInVault } from '../../core/delivery/existing-transcripts.ts';
import { PROVENANCE_FORMATS } from '../../core/delivery/provenance.ts';
import { expandInputs, type Inputs } from '../../core/media/sources/expand-inputs.ts';
import { asAppError, fileError } from '../../core/system-errors.ts';
import { type DeliveryWish, deliveriesFor } from '../export/deliveries.ts';
import { prepareDestination } from '../export/destination.ts';
import type { FileOutcomes } from './file-outcomes.ts';
import type { JobQueue } from './queue.ts';

/** How to transcribe files, and what to write of them. */
export interface FilesOrder {
  readonly options: JobOptions;
  /** Number of the audio track, from 1; null if none was named. */
  readonly track: number | 'mix' | null;
  readonly speakers: SpeakerChoice;
  readonly wish: DeliveryWish;
  /** Skips files whose transcript exists already. */
  readonly skipExisting: boolean;
}

/** Files that the user named, with the plan for each. */
export interface FilesPlan extends FilesOrder {
  readonly files: Inputs;
  /** Keyed by the paths of those that are read. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** Whether files of these formats let a run without a vault detect what they were made from. */
export function tellProvenance(formats: readonly ExportFormat[]): boolean {
  return PROVENANCE_FORMATS.some((telling) => formats.includes(telling));
}

/**
 * Expands what the user named into a plan. If the output folder is named, it is checked, and created if
 * missing. Throws `folder.notWritable` and `disk.full`.
 */
export async function planFiles(named: readonly string[], order: FilesOrder): Promise<FilesPlan> {
  const files = await expandInputs(named);
  if (order.wish.folder !== null) await prepareDestination(resolve(order.wish.folder));
  const read = files.inputs
    .filter(({ error, sameAs }) => error === null && sameAs === null)
    .map(({ path }) => path);
  const delivered = deliveriesFor(
    read.map((path) => ({ name: basename(path), sourcePath: path })),
    order.wish,
  );
  const deliveries = new Map(delivered.map((delivery, at) => [read[at] ?? '', delivery]));
  return { ...order, files, deliveries };
}

/** A plan whose files are written otherwise. */
export function writtenWith(
  plan: FilesPlan,
  change: <W extends Pick<DeliveryWish, 'style'>>(written: W) => W,
): FilesPlan {
  const deliveries = [...plan.deliveries].map(([path, delivery]) => [path, change(delivery)] as const);
  return { ...plan, wish: change(plan.wish), deliveries: new Map(deliveries) };
}

/** Dependencies of queueing files. */
export interface FileQueueParts {
  readonly database: Database;
  readonly queue: JobQueue;
  /** Ephemeral vault: nothing outlives the process. */
  readonly isEphemeral: boolean;
}

/** Queues the files of a plan one after the other, and records the outcome of each, until `isStopped`. */
export async function queueFiles(
  parts: FileQueueParts,
  plan: FilesPlan,
  outcomes: FileOutcomes,
  isStopped: () => boolean,
): Promise<void> {
  outcomes.leftOut = plan.files.leftOut;
  for (const { path, error, sameAs } of plan.files.inputs) {
    const delivery = plan.deliveries.get(path);
    if (isStopped()) outcomes.notBegun(path);
    else if (error !== null) outcomes.reject(path, error);
    else if (sameAs !== null) outcomes.same(path, sameAs);
    else if (delivery !== undefined) await queueFile(parts, path, plan, delivery, outcomes);
  }
}

/** Queues a file, or resumes the job that an earlier run of the same plan left undone in the vault. */
async function queueFile(
  { database, queue, isEphemeral }: FileQueueParts,
  path: string,
  { options, track, speakers, skipExisting, wish }: FilesPlan,
  delivery: Delivery,
  outcomes: FileOutcomes,
): Promise<void> {
  try {
    if (skipExisting) {
      const wanted = { sourcePath: path, options, track, delivery };
      const isThere = isEphemeral ? await isInFolder(wanted) : await isInVault(database, wanted);
      if (isThere) return outcomes.skip(path);
    }
    // A named folder was checked before; a memory stick that was pulled since must not be recreated as a folder.
    if (wish.folder === null) await prepareDestination(delivery.folder);
    const undone = await queue.takeUpJobOf(path, options, delivery);
    if (undone !== null) {
      outcomes.expect(path, { recordingId: undone.recordingId, jobId: undone.id });
      return;
    }
    const importOptions = { matterId: null, track, speakers };
    outcomes.expect(path, await queue.addFile(path, importOptions, options, delivery));
  } catch (failure) {
    outcomes.reject(path, asAppError(fileError(failure, path)));
  }
}
