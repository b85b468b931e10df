import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { isCapturing } from '../../contract/capture-states.ts';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { noise, openStudio, RATE, recorded, started } from '../testing/capture-studio.ts';

test('a disk that fills up is told with the minutes left, and ends the session with all that it took', async (context) => {
  const small = join(temporaryFolder(), 'small');
  mkdirSync(small);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=116m', 'tmpfs', small], { stdio: 'ignore' });
  } catch {
    return context.skip('mounting a small disk is not permitted here');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', small]));
  const studio = await openStudio({ parent: small });
  const { devices, workspace } = studio;
  const { captures } = workspace.app;
  const { id, recordingId } = await started(studio, PLAIN_CAPTURE, noise(0.02));
  const view = () => captures.list().find((one) => one.id === id);
  // The disk is looked at every few seconds.
  while (view()?.minutesLeft === null) await delay(50);
  expect(view()?.minutesLeft).toBeLessThan(3);
  expect(view()?.warnings).toContain('diskLow');
  const second = noise(1);
  for (let seconds = 0; seconds < 600 && isCapturing(view()?.state ?? 'done'); seconds += 1) {
    devices.deliver('microphone', second);
    await captures.caughtUp(id);
  }
  while (isCapturing(view()?.state ?? 'done')) await delay(50);
  expect(view()).toMatchObject({ state: 'done', failure: { code: 'disk.full' } });
  const seconds = (await recorded(workspace, recordingId)).length / RATE;
  expect(seconds).toBeGreaterThan(20);
  expect(view()?.durationMs).toBe(Math.round(seconds * 1000));
  expect(await workspace.database.captures.get(recordingId)).toMatchObject({ state: 'done' });
  expect([devices.openInputs, devices.holders, devices.listeners]).toEqual([[], 0, 0]);
}, 180_000);
