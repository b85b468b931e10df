import { copyFile, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { EventLog } from '../testing/event-log.ts';
import {
  assertGoesOnAfterKill,
  heardInOnlyJob,
  newVault,
  runToEnd,
  type UndisturbedCall,
  undisturbed,
  undisturbedCall,
} from '../testing/killed-jobs.ts';
import { ChildRun, type RunOrder } from '../testing/killed-run.ts';
import { make, RECORDINGS } from '../testing/short-recordings.ts';
import { openWorkspace, PLAIN_IMPORT, SAMPLE_OPTIONS, textInto } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';

/** Several runs in one test, on a machine that may be busy. */
const SLOW_MS = 180_000;

describe('a job that is closed after every one of its windows in turn', () => {
  test('hears the same as undisturbed, and no window twice', { timeout: SLOW_MS }, async () => {
    const { folder, vault } = await newVault();
    const source = await make(join(folder, 'hearing.flac'), '-t', '130', '-i', RECORDINGS.hearing);
    const reference = await undisturbed(source, folder);
    expect(reference.windows).toBeGreaterThanOrEqual(3);

    const log = new EventLog();
    for (let window = 1; window < reference.windows; window++) {
      const workspace = await openWorkspace(vault, { emit: log.emit });
      await workspace.queue.start();
      const delivery = textInto(folder);
      if ((await workspace.queue.takeUpJobOf(source, SAMPLE_OPTIONS, delivery)) === null) {
        await workspace.queue.addFile(source, PLAIN_IMPORT, SAMPLE_OPTIONS, delivery);
      }
      await log.nth('segmentsCommitted', window);
      await workspace.close();
    }

    expect(await runToEnd(vault, log)).toEqual(reference.heard);
    expect(log.all('segmentsCommitted')).toHaveLength(reference.windows);
    expect(log.all('jobStarted').map((event) => event.resumed)).toEqual([
      false,
      ...Array.from({ length: reference.windows - 1 }, () => true),
    ]);
  });
});

// resume.soak.test.ts kills at every named point, and at any moment.
describe('a process that is killed', () => {
  let call: UndisturbedCall;
  beforeAll(async () => {
    call = await undisturbedCall();
    return () => call.remove();
  });

  test('at window.committed leaves a vault that goes on to the same words', () =>
    assertGoesOnAfterKill('window.committed', call));
});

describe('a job that is killed between naming its text and its own end', () => {
  test('knows the file for its own, and leaves files of others alone', { timeout: SLOW_MS }, async () => {
    const { folder, vault } = await newVault();
    const source = await make(join(folder, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
    const order = {
      vault,
      ephemeralParent: folder,
      source,
      out: folder,
      options: SAMPLE_OPTIONS,
      overwrite: false,
    };
    const run = (killAt: RunOrder['killAt']) =>
      new ChildRun({ ...order, log: join(folder, 'log'), killAt }).finished();
    const texts = async () => (await readdir(folder)).filter((name) => name.endsWith('.txt')).sort();
    await writeFile(join(folder, 'call.txt'), 'somebody else');

    expect(await run({ point: 'export.named', count: 1 })).toBe(false);
    expect(await texts()).toEqual(['call (2).txt', 'call.txt']);
    const text = await readFile(join(folder, 'call (2).txt'), 'utf8');
    expect(await run({ point: 'job.finished', count: 1 })).toBe(false);
    expect(await run(null)).toBe(true);

    expect(await texts()).toEqual(['call (2).txt', 'call.txt']);
    expect(await readFile(join(folder, 'call (2).txt'), 'utf8')).toBe(text);
    expect(await readFile(join(folder, 'call.txt'), 'utf8')).toBe('somebody else');
    await runToEnd(vault, new EventLog());
  });

  test('writes it again where the file was changed since', { timeout: SLOW_MS }, async () => {
    const { folder, vault } = await newVault();
    const source = await make(join(folder, 'call.flac'), '-t', '12', '-i', RECORDINGS.call);
    const order = {
      vault,
      ephemeralParent: folder,
      source,
      out: folder,
      options: SAMPLE_OPTIONS,
      overwrite: false,
    };
    const killAt = { point: 'export.named', count: 1 } as const;
    await new ChildRun({ ...order, log: join(folder, 'log'), killAt }).finished();
    const text = await readFile(join(folder, 'call.txt'), 'utf8');
    await writeFile(join(folder, 'call.txt'), 'changed by a reader');

    expect(await new ChildRun({ ...order, log: join(folder, 'log'), killAt: null }).finished()).toBe(true);
    expect(await readFile(join(folder, 'call.txt'), 'utf8')).toBe('changed by a reader');
    expect(await readFile(join(folder, 'call (2).txt'), 'utf8')).toBe(text);
  });
});

describe('an import that is interrupted', () => {
  /** Kills an import of the hearing after some of its parts, and returns the vault and the source. */
  async function interrupted(): Promise<{ vault: string; source: string }> {
    const { folder, vault } = await newVault();
    const source = join(folder, 'hearing.opus');
    await copyFile(RECORDINGS.hearing, source);
    const order = { vault, ephemeralParent: folder, source, out: folder, options: SAMPLE_OPTIONS };
    const killAt = { point: 'import.partCommitted', count: 2 } as const;
    await new ChildRun({ ...order, log: join(folder, 'log'), killAt }).finished();
    return { vault, source };
  }

  test('keeps what has arrived as an incomplete recording when its source has changed', async () => {
    const { vault, source } = await interrupted();
    await utimes(source, new Date(), new Date(Date.now() + 5000));
    const log = new EventLog();
    const heard = await runToEnd(vault, log);

    expect(heard.length).toBeGreaterThan(3);
    expect(log.all('recordingReady')).toEqual([
      expect.objectContaining({ incomplete: true, sha256: null, durationMs: 120_000 }),
    ]);
  });

  test('keeps what has arrived as an incomplete recording when its source is gone', async () => {
    const { vault, source } = await interrupted();
    await rm(source);
    const workspace = await openWorkspace(vault);
    await workspace.queue.start();
    await workspace.queue.idle();
    const [recording] = await workspace.database.recordings.list();
    const heard = await heardInOnlyJob(workspace);
    await workspace.close();

    expect(recording).toMatchObject({ state: 'incomplete', durationMs: 120_000, sourceSha256: null });
    expect(heard.length).toBeGreaterThan(3);
  });

  test('fails with the reason when its source is gone and nothing had arrived', async () => {
    const { folder, vault } = await newVault();
    const source = join(folder, 'memo.mp3');
    await copyFile(RECORDINGS.memo, source);
    const workspace = await openWorkspace(vault);
    await workspace.queue.addFile(source, PLAIN_IMPORT, SAMPLE_OPTIONS, null);
    await workspace.close();
    await rm(source);

    const again = await openWorkspace(vault);
    await again.queue.start();
    await again.queue.idle();
    const [job] = await again.database.jobs.list();
    await again.close();

    expect(job).toMatchObject({ state: 'failed', failure: { code: 'file.notFound' } });
  });

  test('is taken up by the next import of the same file when it had no job yet', async () => {
    const { vault } = await newVault();
    const workspace = await openWorkspace(vault);
    const first = await workspace.imports.add(RECORDINGS.memo, PLAIN_IMPORT);
    await workspace.close();

    const again = await openWorkspace(vault);
    const second = await again.imports.add(RECORDINGS.memo, PLAIN_IMPORT);
    await again.imports.settled(second, 'auto');
    const recordings = await again.database.recordings.list();
    await assertWhole(again);
    await again.close();

    expect(second).toBe(first);
    expect(recordings.map(({ state }) => state)).toEqual(['ready']);
  });
});
