import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { FAULT_POINTS, type FaultPoint, installFault } from '../fault-points.ts';
import type { Workspace } from '../workspace.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { EventLog } from './testing/event-log.ts';
import { make, RECORDINGS } from './testing/short-recordings.ts';
import { testFolder } from './testing/test-folder.ts';
import {
  heardIn,
  makeVault,
  openWorkspace,
  PLAIN_IMPORT,
  SAMPLE_OPTIONS,
  textInto,
} from './testing/test-workspace.ts';
import { assertWhole } from './testing/vault-state.ts';

/** So that a failed attempt ends the run, and what follows is a fresh start. */
const ONCE: RetryPolicy = { delaysMs: [], space: null };

/** What a disk or a mistake of ours can throw. */
const ERRORS = {
  ENOSPC: () => Object.assign(new Error('no space'), { code: 'ENOSPC' }),
  EIO: () => Object.assign(new Error('input/output error'), { code: 'EIO' }),
  mistake: () => new Error('a mistake'),
};

let source: string;
let reference: { heard: string[]; text: string; windows: number; reached: Map<FaultPoint, number> };

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'voicesync-jobs-test-'));
  source = await make(join(folder, 'note.flac'), '-t', '8', '-i', RECORDINGS.interview);
  const run = new Run(folder, source);
  const reached = new Map<FaultPoint, number>();
  await makeVault(run.vault);
  await run.start((point) => void reached.set(point, (reached.get(point) ?? 0) + 1));
  const { heard, text } = await run.outcome();
  reference = { heard, text, windows: run.log.all('segmentsCommitted').length, reached };
  return () => rm(folder, { recursive: true, force: true });
});

afterEach(() => installFault(null));

/** A recording's way through a vault, in one or several runs of the program. */
class Run {
  readonly vault: string;
  readonly out: string;
  readonly source: string;
  readonly log = new EventLog();

  constructor(folder: string, source: string) {
    this.vault = join(folder, 'vault');
    this.out = folder;
    this.source = source;
  }

  /** Opens the vault, goes on with what is there or begins, and closes it when nothing is left to do. */
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

  /** Looks at what came of it all. Throws where the vault is not whole or the job is not done. */
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
    // Where the fault comes before anything is acknowledged, the caller is told, and asks again.
    await queue.addFile(this.source, PLAIN_IMPORT, SAMPLE_OPTIONS, delivery).catch(() => undefined);
  }
}

/** Throws once, when the point is reached for the so manieth time. */
function throwing(point: FaultPoint, count: number, error: () => Error): (point: FaultPoint) => void {
  let remaining = count;
  return (here) => {
    if (here !== point) return;
    remaining -= 1;
    if (remaining === 0) throw error();
  };
}

/** A recording whose way is disturbed by a fault, and then taken up by a fresh start. */
async function disturbed(fault: (point: FaultPoint) => void): Promise<Run> {
  const folder = await testFolder();
  const copy = join(folder, 'source', 'note.flac');
  const run = new Run(folder, await copied(copy));
  await makeVault(run.vault);
  await run.start(fault);
  // Once told that the recording is safe, people delete the source.
  if (run.log.all('recordingReady').length > 0) await rm(copy);
  await run.start(null);
  return run;
}

async function copied(file: string): Promise<string> {
  await mkdir(join(file, '..'));
  await copyFile(source, file);
  return file;
}

/** All but what only a rerun reaches: its own tests disturb that. */
const POINTS = FAULT_POINTS.filter((point) => point !== 'rerun.completed');

test('every named point is reached on the way of one recording', () => {
  expect(POINTS.filter((point) => !reference.reached.has(point))).toEqual([]);
});

describe.each(POINTS)('a fault at %s', (point) => {
  test.each(Object.keys(ERRORS) as (keyof typeof ERRORS)[])(
    '(%s) loses nothing: a fresh start ends with the same words',
    async (kind) => {
      const times = reference.reached.get(point) ?? 1;
      // The first time, half way, and the last time.
      const count = { ENOSPC: 1, EIO: Math.ceil(times / 2), mistake: times }[kind];
      const run = await disturbed(throwing(point, count, ERRORS[kind]));
      const { heard, text } = await run.outcome();

      expect(heard).toEqual(reference.heard);
      expect(text).toBe(reference.text);
      // What was told to be finished is not done again.
      expect(run.log.all('segmentsCommitted').length).toBeLessThanOrEqual(reference.windows);
      expect((await readdir(run.out)).filter((name) => name.endsWith('.part'))).toEqual([]);
      for (const { path } of run.log.all('exported')) expect(existsSync(path)).toBe(true);
    },
  );
});

describe('these tests can fail:', () => {
  test('an object deleted behind the vault’s back is noticed', async () => {
    const folder = await testFolder();
    const run = new Run(folder, source);
    await makeVault(run.vault);
    await run.start(null);
    const workspace = await openWorkspace(run.vault);
    await workspace.vault.objects.remove((await workspace.database.objects.allIds()).slice(0, 1));
    await workspace.close();

    await expect(run.outcome()).rejects.toThrow('object.missing');
  });

  test('a file that nothing owns is noticed', async () => {
    const folder = await testFolder();
    const run = new Run(folder, source);
    await makeVault(run.vault);
    const workspace = await openWorkspace(run.vault);
    const identity = { recordingId: 'nobody', kind: 'part', version: 1 } as const;
    await (await workspace.vault.objects.createWriter(identity)).commit();

    await expect(assertWhole(workspace)).rejects.toThrow('nothing owns');
    await workspace.close();
  });
});
