/** A process for a test to kill while it records: see `CaptureOrder`. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { PLAIN_CAPTURE } from '../../core/capture/testing/capture-feed.ts';
import type { Captures } from '../capture/captures.ts';
import { openSound, StreamDevices } from '../capture/stream-devices.ts';
import type { CaptureOrder } from './killed-capture.ts';
import { openWorkspace } from './test-workspace.ts';
import { ToldSound } from './told-sound.ts';

const { vault, sampleRate, salt, speed } = JSON.parse(process.argv[2] ?? '') as CaptureOrder;

/** A microphone that never ends, in pieces of a tenth of a second. */
async function* microphone() {
  const sound = new ToldSound(sampleRate, salt);
  for (let second = 0; ; second += 1) {
    const bytes = new Uint8Array(sound.second(second).buffer);
    const length = bytes.length / 10;
    for (let at = 0; at < bytes.length; at += length) {
      await delay(100 / speed);
      yield bytes.subarray(at, at + length);
    }
  }
}

let captures: Captures | null = null;
const raw = { encoding: 's16le', sampleRate, channels: 1 } as const;
const devices = new StreamDevices(await openSound(microphone(), 'microphone', raw), async (id) =>
  captures?.caughtUp(id),
);
let frames = 0;
devices.listen((message) => {
  if (message.type !== 'frames') return;
  for (const { samples } of message.frames) frames += samples.length;
  // At once, so that it is said before a kill; and the reader is never behind by more than a message.
  writeSync(1, `${frames}\n`);
});
const { app } = await openWorkspace(vault, { captureDevices: devices });
captures = app.captures;
await captures.start({ ...PLAIN_CAPTURE, name: `killed ${salt}` });
await devices.ended;
