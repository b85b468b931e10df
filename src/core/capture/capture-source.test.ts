import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { decode } from '../media/decode.ts';
import { findFfmpeg } from '../media/find-ffmpeg.ts';
import type { CaptureRecorder } from './capture-recorder.ts';
import { beginCapture, feed, numbered } from './testing/capture-feed.ts';
import { makeCaptureVault, openCaptureVault, removeCaptureVault } from './testing/capture-vault.ts';

const RATE = 16_000;

async function begun(): Promise<CaptureRecorder> {
  const { folder, recoveryKey } = await makeCaptureVault();
  onTestFinished(() => removeCaptureVault(folder));
  const store = await openCaptureVault(folder, recoveryKey);
  onTestFinished(() => store[Symbol.asyncDispose]());
  return await beginCapture(store, { sampleRate: RATE });
}

test('a read waits for the part that it needs, until that is durable, the capture ends or it is aborted', async () => {
  const recorder = await begun();
  const { source } = recorder;
  const buffer = Buffer.alloc(2 * 4 * RATE);
  const stop = new AbortController();
  const aborted = source.read(Buffer.alloc(1), 0, stop.signal);
  stop.abort(new Error('not wanted any more'));
  await expect(aborted).rejects.toThrow('not wanted any more');
  const reading = source.read(buffer, 0);
  await feed(recorder, numbered(0, 3 * RATE));
  await recorder.caughtUp();
  expect(await Promise.race([reading, delay(100, 'waits')])).toBe('waits');
  expect(source.isGrowing).toBe(true);
  await feed(recorder, numbered(3 * RATE, RATE / 2));
  await recorder.finish();
  expect(await reading).toBe(2 * 3.5 * RATE);
  const samples = new Int16Array(buffer.buffer, buffer.byteOffset, 3.5 * RATE);
  expect(samples).toEqual(numbered(0, 3.5 * RATE));
  expect(await source.read(buffer, source.sizeBytes)).toBe(0);
});

test('a decoder waits longer for what is still to be said than it may wait for a file', async () => {
  const recorder = await begun();
  const ffmpeg = await findFfmpeg();
  const request = { track: 0, channels: 1, limits: { idleMs: 300, waitingMs: 300 } };
  let frames = 0;
  const decoding = (async () => {
    for await (const block of decode(recorder.source, ffmpeg, recorder.source.facts, request))
      frames += block.length;
  })();
  for (let part = 0; part < 3; part += 1) {
    await delay(800);
    await feed(recorder, numbered(part * 3 * RATE, 3 * RATE));
  }
  await recorder.finish();
  await decoding;
  expect(frames).toBe(9 * RATE);
});

test('ending the decoding of a capture that goes on ends the decoder', async () => {
  const recorder = await begun();
  const stop = new AbortController();
  const request = { track: 0, channels: 1, signal: stop.signal };
  const decoding = decode(recorder.source, await findFfmpeg(), recorder.source.facts, request).next();
  await delay(100);
  stop.abort(new Error('enough'));
  await expect(decoding).rejects.toThrow('enough');
  await recorder.finish();
});
