import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { v7 as newId } from 'uuid';
import { expect, test } from 'vitest';
import type { CaptureFrame, CaptureInput, CaptureMessage } from '../../contract/capture.ts';
import { openSound, StreamDevices } from './stream-devices.ts';

const PROCESSING = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };

/** Devices of plain samples that arrive in pieces of this many bytes, and all that they say. */
async function devicesOf(samples: Int16Array, { sampleRate = 11_025, channels = 1, pieceBytes = 1001 } = {}) {
  const bytes = Buffer.from(samples.buffer);
  const pieces = (async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  })();
  const sound = await openSound(pieces, 'standard input', { encoding: 's16le', sampleRate, channels });
  const told: CaptureMessage[] = [];
  const paced: number[] = [];
  const framesOf = (input: CaptureInput): CaptureFrame[] =>
    told.flatMap((one) => (one.type === 'frames' ? one.frames : [])).filter((frame) => frame.input === input);
  const captureId = newId();
  const devices = new StreamDevices(sound, async () => paced.push(framesOf('microphone').length));
  devices.listen((message) => told.push(message));
  const open = (input: CaptureInput) =>
    devices.send({
      type: 'open',
      ...{ captureId, input, deviceId: null, processing: PROCESSING, sequence: 0, sampleRate: null },
    });
  const close = (input: CaptureInput) => devices.send({ type: 'close', captureId, input });
  return { devices, told, paced, framesOf, open, close, captureId };
}

function bytesOf(frames: readonly CaptureFrame[]): Buffer {
  return Buffer.concat(frames.map(({ samples }) => Buffer.from(samples.buffer)));
}

test('a stream is cut into frames of 20 ms with its own time, and nothing of it is missing', async () => {
  const samples = Int16Array.from({ length: 11_025 * 3 + 100 }, (_, at) => at % 30_000);
  const { devices, told, paced, framesOf, open, close, captureId } = await devicesOf(samples);
  open('microphone');
  await devices.ended;
  close('microphone');
  await nextTurn();
  const frames = framesOf('microphone');
  expect(told[0]).toMatchObject({ type: 'opened', label: 'standard input', sampleRate: 11_025 });
  expect(bytesOf(frames)).toEqual(Buffer.from(samples.buffer));
  expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, at) => at));
  const [first, second, third] = frames;
  expect([first?.samples.length, second?.samples.length, third?.samples.length]).toEqual([221, 220, 221]);
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeCloseTo((221 / 11_025) * 1000, 3);
  // It waited after each second.
  expect(paced).toEqual([50, 100, 150]);
  expect(told.at(-1)).toEqual({
    type: 'closed',
    ...{ captureId, input: 'microphone', frames: frames.length, crc32: crc32(Buffer.from(samples.buffer)) },
  });
});

test('of two channels the first is the microphone, and nothing is delivered before both are open', async () => {
  const samples = Int16Array.from({ length: 16_000 }, (_, at) => (at % 2 === 0 ? 1000 : -2000));
  const { devices, told, framesOf, open } = await devicesOf(samples, { sampleRate: 8000, channels: 2 });
  open('microphone');
  await nextTurn();
  await nextTurn();
  expect(told.map(({ type }) => type)).toEqual(['opened']);
  open('system');
  await devices.ended;
  expect(bytesOf(framesOf('microphone'))).toEqual(
    Buffer.from(Int16Array.from({ length: 8000 }, () => 1000).buffer),
  );
  expect(bytesOf(framesOf('system'))).toEqual(
    Buffer.from(Int16Array.from({ length: 8000 }, () => -2000).buffer),
  );
  expect(devices.isSilent).toBe(false);
});

test('closed before its end, it delivers no more, and an input that it does not have is not found', async () => {
  const { devices, told, framesOf, open, close } = await devicesOf(new Int16Array(80_000), {
    sampleRate: 8000,
  });
  open('microphone');
  open('system');
  await nextTurn();
  await nextTurn();
  expect(told.filter(({ type }) => type === 'lost')).toMatchObject([{ input: 'system', reason: 'notFound' }]);
  close('microphone');
  await devices.ended;
  await nextTurn();
  const { length } = framesOf('microphone');
  expect(told.at(-1)).toMatchObject({ type: 'closed', frames: length });
  await nextTurn();
  expect(framesOf('microphone')).toHaveLength(length);
  expect(length).toBeLessThan(500);
  expect(devices.isSilent).toBe(true);
});
