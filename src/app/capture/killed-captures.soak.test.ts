import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { isShortSoak, randomNumbers, soakSeed } from '../../core/testing/soak.ts';
import { killedCapture } from '../testing/killed-capture.ts';
import { sealedSound } from '../testing/sealed-sound.ts';
import { makeVault, openWorkspace } from '../testing/test-workspace.ts';
import { ToldSound } from '../testing/told-sound.ts';

const SAMPLE_RATE = 48_000;
const PART_FRAMES = 3 * SAMPLE_RATE;

/** CRC-32 of the first sample frames of a sound. */
function crc32Of(sound: ToldSound, frames: number): number {
  let sum = 0;
  for (let second = 0; second * sound.sampleRate < frames; second += 1) {
    const samples = sound.second(second).subarray(0, frames - second * sound.sampleRate);
    sum = crc32(new Uint8Array(samples.buffer, 0, samples.byteLength), sum);
  }
  return sum;
}

test('a recording that is killed at any moment loses the part in progress at most, and is offered by the next start', {
  timeout: 1_800_000,
}, async () => {
  const vault = join(temporaryFolder(), 'vault');
  await mkdir(vault, { recursive: true });
  await makeVault(vault);
  const random = randomNumbers(soakSeed());
  const kills = isShortSoak() ? 3 : 30;
  const kept: string[] = [];
  for (let salt = 0; salt < kills; salt += 1) {
    const order = { vault, sampleRate: SAMPLE_RATE, salt, speed: 5 };
    const delivered = await killedCapture(order, random(4000));
    // The kill may come between the last message and the word of it.
    const most = delivered + SAMPLE_RATE / 10;

    const workspace = await openWorkspace(vault);
    const { app, database } = workspace;
    const unfinished = await app.captures.unfinished();
    expect(unfinished.length, `${delivered} frames`).toBe(
      unfinished.length === 0 && delivered <= PART_FRAMES ? 0 : 1,
    );
    for (const { recordingId, name, durationMs } of unfinished) {
      const { frames, crc32: sum } = await sealedSound(workspace, recordingId);
      expect(name).toBe(`killed ${salt}`);
      expect(durationMs).toBe(Math.round(frames / (SAMPLE_RATE / 1000)));
      expect(frames, `of ${delivered} frames`).toBeGreaterThanOrEqual(delivered - PART_FRAMES);
      expect(frames).toBeLessThanOrEqual(most);
      expect(sum).toBe(crc32Of(new ToldSound(SAMPLE_RATE, salt), frames));
      await app.captures.keepUnfinished(recordingId);
      await app.recordings.imports.settled(recordingId, 'channels');
      expect(await database.recordings.get(recordingId)).toMatchObject({ state: 'ready', durationMs });
      kept.push(recordingId);
    }
    expect(await app.captures.unfinished()).toEqual([]);
    await workspace.close();
  }
  console.info(`Killed ${kills} times, ${kept.length} of them after the first part.`);
  expect(kept.length).toBeGreaterThan(0);
  const workspace = await openWorkspace(vault);
  const { objectFaults, databaseFaults, auditFaults, versionFaults } = await workspace.app.vault.verify();
  expect([objectFaults, databaseFaults, auditFaults, versionFaults]).toEqual([[], [], [], []]);
  expect((await workspace.app.recordings.list()).map(({ id }) => id)).toEqual(kept);
  await workspace.close();
});
