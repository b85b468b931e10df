import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CaptureMessage } from '../src/contract/capture.ts';
import { CAPTURE_MESSAGE_CHANNEL } from '../src/contract/capture-bridge.ts';
import type { RunningApp } from './running-app.ts';
import { REPOSITORY } from './runtime.ts';

/** A sample recording of real people that comes with the app: what the fake microphone hears. */
export function sampleFile(name: string): string {
  return join(REPOSITORY, 'resources', 'samples', name);
}

/** Chromium's switches for a microphone that hears a WAV file once, from when it is opened, and then silence. */
export function fakeMicrophone(wavFile: string): string[] {
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${wavFile}%noloop`,
  ];
}

/** A microphone's sound as the capture page handed it over. */
export interface HandedOver {
  readonly sampleRate: number;
  readonly frames: number;
  /** Whether the numbers of the frames follow each other from 0. */
  readonly isContiguous: boolean;
  readonly sha256: string;
  readonly crc32: number;
  /** What the page said of all frames that it cut, when it had closed the input. */
  readonly closed: { readonly frames: number; readonly crc32: number } | null;
  /** Everything else that it told, in order. */
  readonly told: readonly string[];
}

type Noted = { samples: string; sequence: number; sampleRate: number };
type Watching = { noted: Noted[]; closed: HandedOver['closed']; told: string[] };

/** Notes, in the main process, what the capture page hands over from now on. */
export async function watchFrames(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ ipcMain }, channel) => {
    const watching: Watching = { noted: [], closed: null, told: [] };
    Object.assign(globalThis, { watchedFrames: watching });
    ipcMain.on(channel, (_event, message: CaptureMessage) => {
      if (message.type === 'frames') {
        for (const { input, samples, sequence, sampleRate } of message.frames) {
          if (input !== 'microphone') continue;
          const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
          watching.noted.push({ samples: bytes.toString('base64'), sequence, sampleRate });
        }
        return;
      }
      watching.told.push('reason' in message ? `${message.type} ${message.reason}` : message.type);
      if (message.type === 'closed' && message.input === 'microphone') watching.closed = message;
    });
  }, CAPTURE_MESSAGE_CHANNEL);
}

/** How many frames have been handed over. */
export async function framesSoFar(app: RunningApp): Promise<number> {
  return await app.electron.evaluate(
    () => (globalThis as unknown as { watchedFrames: Watching }).watchedFrames.noted.length,
  );
}

/** What the capture page has handed over since `watchFrames`. */
export async function handedOver(app: RunningApp): Promise<HandedOver> {
  const { noted, closed, told } = await app.electron.evaluate(
    () => (globalThis as unknown as { watchedFrames: Watching }).watchedFrames,
  );
  const bytes = Buffer.concat(noted.map(({ samples }) => Buffer.from(samples, 'base64')));
  return {
    sampleRate: noted[0]?.sampleRate ?? 0,
    frames: noted.length,
    isContiguous: noted.every(({ sequence }, index) => sequence === index),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    crc32: crc32(bytes),
    ...{ closed, told },
  };
}

/** The frames that it has handed over since then. */
export async function handedOverFrames(app: RunningApp): Promise<Int16Array[]> {
  const noted = await app.electron.evaluate(() =>
    (globalThis as unknown as { watchedFrames: Watching }).watchedFrames.noted.map(({ samples }) => samples),
  );
  return noted.map((samples) => {
    const bytes = Buffer.from(samples, 'base64');
    return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  });
}

/** How many capture pages there are: without one no microphone is open. */
export async function capturePages(app: RunningApp): Promise<number> {
  return await app.electron.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents().filter((one) => one.getURL().includes('/capture/')).length,
  );
}
