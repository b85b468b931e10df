import { expect, test } from 'vitest';
import { isShortSoak } from '../testing/soak.ts';
import { CaptureSource } from './capture-source.ts';
import { beginCapture, feed, numbered, usedBytes } from './testing/capture-feed.ts';
import { makeCaptureVault, openCaptureVault, removeCaptureVault } from './testing/capture-vault.ts';

const HOURS = isShortSoak() ? 1 : 8;

test(`${HOURS} hours lose no frame, take no more memory than a minute, and are read at every point`, async () => {
  const { folder, recoveryKey } = await makeCaptureVault();
  try {
    await using store = await openCaptureVault(folder, recoveryKey);
    const recorder = await beginCapture(store);
    const { sampleRate, recordingId } = recorder;
    const minute = 60 * sampleRate;
    await feed(recorder, numbered(0, minute));
    const before = usedBytes();
    let most = 0;
    for (let minutes = 1; minutes < HOURS * 60; minutes += 1) {
      await feed(recorder, numbered(minutes * minute, minute));
      if (minutes % 30 === 0) most = Math.max(most, usedBytes() - before);
    }
    expect(await recorder.finish()).toMatchObject({ sampleFrames: HOURS * 60 * minute, lostFrames: 0 });
    expect(most).toBeLessThan(20_000_000);
    const source = await CaptureSource.ofEnded(store, recordingId);
    for (let seconds = 0; seconds < HOURS * 3600; seconds += 59) {
      const bytes = Buffer.alloc(2 * sampleRate);
      expect(await source?.read(bytes, 2 * seconds * sampleRate)).toBe(bytes.length);
      const samples = new Int16Array(bytes.buffer, bytes.byteOffset, sampleRate);
      expect(samples, `from second ${seconds}`).toEqual(numbered(seconds * sampleRate, sampleRate));
    }
  } finally {
    await removeCaptureVault(folder);
  }
}, 3_600_000);
