import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { installFault } from '../../core/fault-points.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import {
  assertNothingLost,
  RECORDING_POINTS,
  RecordingRun,
  type UndisturbedRun,
  undisturbedRun,
} from '../testing/recording-run.ts';
import { makeVault, openWorkspace } from '../testing/test-workspace.ts';
import { assertWhole } from '../testing/vault-state.ts';

let undisturbed: UndisturbedRun;
beforeAll(async () => {
  undisturbed = await undisturbedRun();
});
afterAll(() => undisturbed.remove());
afterEach(() => installFault(null));

test('every named point is reached on the way of one recording', () => {
  expect(RECORDING_POINTS.filter((point) => !undisturbed.reached.has(point))).toEqual([]);
});

// One fault in each stage; `faults.soak.test.ts` covers every point.
test.each(['import.partCommitted', 'window.committed', 'export.rename'] as const)(
  'a fault at %s loses nothing: a fresh start ends with the same words',
  (point) => assertNothingLost(point, 'EIO', undisturbed),
);

describe('these tests can fail:', () => {
  test('an object deleted behind the vault’s back is noticed', async () => {
    const folder = temporaryFolder();
    const run = new RecordingRun(folder, undisturbed.source);
    await makeVault(run.vault);
    await run.start(null);
    const workspace = await openWorkspace(run.vault);
    await workspace.vault.objects.remove((await workspace.database.objects.allIds()).slice(0, 1));
    await workspace.close();

    await expect(run.outcome()).rejects.toThrow('object.missing');
  });

  test('a file that nothing owns is noticed', async () => {
    const folder = temporaryFolder();
    const run = new RecordingRun(folder, undisturbed.source);
    await makeVault(run.vault);
    const workspace = await openWorkspace(run.vault);
    const identity = { recordingId: 'nobody', kind: 'part', version: 1 } as const;
    await (await workspace.vault.objects.createWriter(identity)).commit();

    await expect(assertWhole(workspace)).rejects.toThrow('nothing owns');
    await workspace.close();
  });
});
