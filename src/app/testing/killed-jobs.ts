import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { FaultPoint } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { EventLog } from './event-log.ts';
import { ChildRun, type RunOrder, timesReached } from './killed-run.ts';
import { make, RECORDINGS } from './short-recordings.ts';
import {
  heardIn,
  makeVault,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  textInto,
  type Workspace,
} from './test-workspace.ts';
import { assertWhole } from './vault-state.ts';

/** A vault in a folder of the test's own. */
export async function newVault(): Promise<{ folder: string; vault: string }> {
  const folder = temporaryFolder();
  const vault = join(folder, 'vault');
  await makeVault(vault);
  return { folder, vault };
}

/** Runs a job in a vault to its end, and returns its segments. */
export async function runToEnd(vault: string, log: EventLog): Promise<string[]> {
  const workspace = await openWorkspace(vault, { emit: log.emit });
  try {
    await workspace.queue.start();
    await workspace.queue.idle();
    await assertWhole(workspace);
    return await heardInOnlyJob(workspace);
  } finally {
    await workspace.close();
  }
}

/** The segments of a vault's one job, which must be done. */
export async function heardInOnlyJob(workspace: Workspace): Promise<string[]> {
  const [job] = await workspace.database.jobs.list();
  if (job === undefined) throw new Error('no job');
  expect([job.state, job.failure]).toEqual(['done', null]);
  return await heardIn(workspace, job.id);
}

/** Runs a recording through its own vault without interruption. Its text is written into `out`. */
export async function undisturbed(
  source: string,
  out: string,
): Promise<{ heard: string[]; windows: number }> {
  const vault = join(out, 'undisturbed');
  await makeVault(vault);
  const log = new EventLog();
  const workspace = await openWorkspace(vault, { emit: log.emit });
  await workspace.queue.addFile(source, PLAIN_IMPORT, SAMPLE_OPTIONS, textInto(out));
  await workspace.close();
  return { heard: await runToEnd(vault, log), windows: log.all('segmentsCommitted').length };
}

/** An order to transcribe a source in a vault of its own. */
export async function orderFor(source: string): Promise<RunOrder & { vault: string }> {
  const { folder, vault } = await newVault();
  const options = SAMPLE_OPTIONS;
  return {
    vault,
    ephemeralParent: folder,
    source,
    out: folder,
    options,
    log: join(folder, 'log'),
    killAt: null,
  };
}

/** Twelve seconds of a call, and their result without interruption. */
export interface UndisturbedCall {
  readonly source: string;
  readonly text: string;
  readonly reference: { readonly heard: string[]; readonly windows: number };
  remove(): Promise<void>;
}

/** Makes the call and runs it through a vault. */
export async function undisturbedCall(): Promise<UndisturbedCall> {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
  const source = await make(join(folder, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
  const reference = await undisturbed(source, folder);
  const text = await readFile(join(folder, 'call.txt'), 'utf8');
  return { source, text, reference, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Kills a run at the point, lets another resume, and asserts that its result is that of the uninterrupted one. */
export async function assertGoesOnAfterKill(
  point: FaultPoint,
  { source, text, reference }: UndisturbedCall,
): Promise<void> {
  const order = await orderFor(source);

  expect(await new ChildRun({ ...order, killAt: { point, count: 1 } }).finished()).toBe(false);
  expect(await new ChildRun(order).finished()).toBe(true);
  expect(await runToEnd(order.vault, new EventLog())).toEqual(reference.heard);
  expect(await readFile(join(order.out, 'call.txt'), 'utf8')).toBe(text);
  expect(timesReached(order.log, 'window.planned')).toBeLessThanOrEqual(reference.windows + 1);
}
