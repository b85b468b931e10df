/**
 * The capture page, in a window that is never shown: opens the inputs of the sessions and hands their frames to main. It
 * holds no sound longer than it takes to hand it on, and puts none into a Blob, a URL or a store.
 */
import {
  CAPTURE_BRIDGE_NAME,
  type CaptureBridge,
  type CapturePageCommand,
} from '../../src/contract/capture-bridge.ts';
import { SteadyClock } from './capture-clock.ts';
import { inputDevices } from './input-devices.ts';
import type { OpenCommand } from './input-streams.ts';
import { OpenInput } from './open-input.ts';

const bridge = (window as unknown as Record<typeof CAPTURE_BRIDGE_NAME, CaptureBridge>)[CAPTURE_BRIDGE_NAME];
const clock = new SteadyClock();
const inputs = new Map<string, OpenInput>();

async function tellDevices(): Promise<void> {
  // A machine whose devices cannot be listed offers none.
  bridge.send({ type: 'devices', devices: await inputDevices().catch(() => []) });
}

function open(command: OpenCommand): void {
  const key = `${command.captureId} ${command.input}`;
  const before = inputs.get(key);
  const input = new OpenInput(command, clock, (message) => {
    if (message.type === 'closed' && inputs.get(key) === input) inputs.delete(key);
    bridge.send(message);
  });
  inputs.set(key, input);
  // One device after the other: some can be opened only once.
  void Promise.resolve(before?.close()).then(() => input.open());
}

function take(command: CapturePageCommand): void {
  switch (command.type) {
    case 'open':
      open(command);
      break;
    case 'close':
      void inputs.get(`${command.captureId} ${command.input}`)?.close();
      break;
    case 'listDevices':
      void tellDevices();
      break;
    case 'slept':
      clock.catchUp();
      break;
  }
}

navigator.mediaDevices.addEventListener('devicechange', () => void tellDevices());
bridge.listen(take);
bridge.send({ type: 'ready' });
