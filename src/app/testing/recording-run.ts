import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { FAULT_POINTS, type FaultPoint, installFault } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import type { RetryPolicy } from '../jobs/retry-policy.ts';
import { EventLog } from './event-log.ts';
import { make, RECORDINGS } from './short-recordings.ts';
import type { Workspace } from './test-workspace.ts';
import {
  heardIn,
  makeVault,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  textInto,
} from './test-workspace.ts';
import { assertWhole } from './vault-state.ts';

/** All points but those of retranscription, of captures, of moving and of voices: their own tests inject faults there. */
export const RECORDING_POINTS = FAULT_POINTS.filter(
  (point) => !/^(rerun|final|capture|move|voices|speakers)[.]/.test(point),
);

/** So that a failed attempt ends the run, and the next one is a fresh start. */
const ONCE: RetryPolicy = { delaysMs: [], space: null };

/** Errors that a disk or a bug can throw. */
const ERRORS = {
  ENOSPC: () => Object.assign(new Error('no space'), { code: 'ENOSPC' }),
  EIO: () => Object.assign(new Error('input/output error'), { code: 'EIO' }),
  mistake: () => new Error('a mistake'),
};

/** A kind of error that a fault throws. */
export type FaultKind = keyof typeof ERRORS;

/** All of them. */
export const FAULT_KINDS = Object.keys(ERRORS) as FaultKind[];

/** One recording's processing in a vault, in one or several runs of the program. */
export class RecordingRun {
  readonly vault: string;
  readonly out: string;
  readonly source: string;
  readonly log = new EventLog();

  constructor(folder: string, source: string) {
    this.vault = join(folder, 'vault');
    this.out = folder;
    this.source = source;
  }

  /** Opens the vault, resumes its work or begins, and closes it when nothing is left to do. */
  async start(fault: ((point: FaultPoint) => void) | null): Promise<void> {
    const workspace = await openWorkspace(this.vault, { emit: this.log.emit, retryPolicy: ONCE });
    try {
      if (fault === null) await assertWhole(workspace);
      installFault(fault);
      await workspace.queue.start();
      const [job] = await workspace.database.jobs.list();
      if (job === undefined) await this.#add(workspace);
      else if (job.state === 'failed') await workspace.queue.retry(job.id);
      await workspace.queue.idle();
    } finally {
      installFault(null);
      await workspace.close();
    }
  }

  /** Returns the result. Throws if the vault is not intact or the job is not done. */
  async outcome(): Promise<{ heard: string[]; text: string }> {
    const workspace = await openWorkspace(this.vault);
    try {
      await assertWhole(workspace);
      const [job, ...others] = await workspace.database.jobs.list();
      if (job?.state !== 'done' || others.length > 0) throw new Error('The job is not done');
      const text = await readFile(join(this.out, 'note.txt'), 'utf8');
      return { heard: await heardIn(workspace, job.id), text };
    } finally {
      await workspace.close();
    }
  }

  async #add({ queue }: Workspace): Promise<void> {
    const delivery = textInto(this.out);
    // If the fault comes before anything is acknowledged, the caller gets the error, and retries.
    await queue.addFile(this.source, PLAIN_IMPORT, SAMPLE_OPTIONS, delivery).catch(() => undefined);
  }
}

/** The result of a recording without faults, and how often each named point was reached. */
export interface UndisturbedRun {
  readonly source: string;
  readonly heard: string[];
  readonly text: string;
  readonly windows: number;
  readonly reached: ReadonlyMap<FaultPoint, number>;
  remove(): Promise<void>;
}

/** Makes a recording of 8 s and runs it through a vault. */
export async function undisturbedRun(): Promise<UndisturbedRun> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
  const source = await make(join(folder, 'note.flac'), '-t', '8', '-i', RECORDINGS.interview);
  const run = new RecordingRun(folder, source);
  const reached = new Map<FaultPoint, number>();
  await makeVault(run.vault);
  await run.start((point) => void reached.set(point, (reached.get(point) ?? 0) + 1));
  const windows = run.log.all('segmentsCommitted').length;
  const remove = () => rm(folder, { recursive: true, force: true });
  return { source, ...(await run.outcome()), windows, reached, remove };
}

/**
 * Throws an error of this kind once at the point, lets a fresh start resume, and asserts that it ends with
 * the result of the run without faults.
 */
export async function assertNothingLost(
  point: FaultPoint,
  kind: FaultKind,
  undisturbed: UndisturbedRun,
): Promise<void> {
  const times = undisturbed.reached.get(point) ?? 1;
  // The first time, half way, and the last time.
  const count = { ENOSPC: 1, EIO: Math.ceil(times / 2), mistake: times }[kind];
  const run = await disturbedRun(undisturbed.source, throwing(point, count, ERRORS[kind]));
  const { heard, text } = await run.outcome();

  expect(heard).toEqual(undisturbed.heard);
  expect(text).toBe(undisturbed.text);
  // What was reported as finished is not done again.
  expect(run.log.all('segmentsCommitted').length).toBeLessThanOrEqual(undisturbed.windows);
  expect((await readdir(run.out)).filter((name) => name.endsWith('.part'))).toEqual([]);
  for (const { path } of run.log.all('exported')) expect(existsSync(path)).toBe(true);
}

/** Throws once, when the point is reached for the nth time. */
function throwing(point: FaultPoint, count: number, error: () => Error): (point: FaultPoint) => void {
  let remaining = count;
  return (here) => {
    if (here !== point) return;
    remaining -= 1;
    if (remaining === 0) throw error();
  };
}

/** A recording interrupted by a fault, and then resumed by a fresh start. */
async function disturbedRun(source: string, fault: (point: FaultPoint) => void): Promise<RecordingRun> {
  const folder = temporaryFolder();
  const copy = join(folder, 'source', 'note.flac');
  await mkdir(join(copy, '..'));
  await copyFile(source, copy);
  const run = new RecordingRun(folder, copy);
  await makeVault(run.vault);
  await run.start(fault);
  // Once the recording is reported safe, users delete the source.
  if (run.log.all('recordingReady').length > 0) await rm(copy);
  await run.start(null);
  return run;
}
