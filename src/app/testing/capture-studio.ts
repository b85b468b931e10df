import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, vi } from 'vitest';
import type { CaptureOptions, CaptureView } from '../../contract/capture.ts';
import { AppError } from '../../contract/errors.ts';
import { CaptureSource } from '../../core/capture/capture-source.ts';
import { eachSegment } from '../../core/database/segment-pages.ts';
import type { EngineLauncher } from '../../core/engine/engine-process.ts';
import { temporaryFolder } from '../../core/files/testing/temporary-folder.ts';
import { resourcesFolder } from '../../core/folders.ts';
import type { CaptureEvent } from '../capture/captures.ts';
import { FedDevices } from './fed-devices.ts';
import { openEphemeral, type Workspace } from './test-workspace.ts';

/** The rate of the devices in tests, in hertz. */
export const RATE = 48_000;

/** An open vault with devices of the test's own, and what was told of its captures. */
export interface Studio {
  readonly workspace: Workspace;
  readonly devices: FedDevices;
  readonly told: CaptureEvent[];
}

/** No engine: what needs one does without. */
const noEngine: EngineLauncher = () => {
  throw new AppError('engine.notBuilt', {});
};

/** Opens a vault for the time of a test, inside a folder if it is named. */
export async function openStudio({
  launchEngine = noEngine,
  parent,
}: {
  launchEngine?: EngineLauncher;
  parent?: string;
} = {}): Promise<Studio> {
  const devices = new FedDevices();
  const options = { launchEngine, captureDevices: devices };
  const workspace = await openEphemeral(parent ?? temporaryFolder(), options);
  onTestFinished(() => workspace.close());
  const told: CaptureEvent[] = [];
  workspace.app.captures.listen((event) => told.push(event));
  return { workspace, devices, told };
}

/** Starts a session; its devices deliver `first` once they are open. */
export async function started(
  { workspace, devices }: Studio,
  options: CaptureOptions,
  first: Int16Array = noise(0.1),
): Promise<CaptureView> {
  const before = devices.openInputs.length;
  const starting = workspace.app.captures.start(options);
  starting.catch(() => undefined);
  const wanted = before + (options.systemAudio && devices.system !== null ? 2 : 1);
  await eventually(() => expect(devices.openInputs.length).toBe(wanted));
  await turn();
  const opened = devices.openInputs.at(-1);
  devices.deliver('microphone', first, { ...(opened && { captureId: opened.captureId }) });
  return await starting;
}

/** Waits for a state, however busy the machine is. */
export async function eventually(assertion: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(assertion, { timeout: 60_000, interval: 20 });
}

/** Noise at about −36 dBFS. */
export function noise(seconds: number, rate = RATE): Int16Array {
  return Int16Array.from({ length: Math.round(seconds * rate) }, () => (Math.random() - 0.5) * 2000);
}

/** The microphone delivers sound in pieces of 200 ms, between which everything else gets its turn. */
export async function play({ devices }: Studio, samples: Int16Array, rate = RATE): Promise<void> {
  for (let start = 0; start < samples.length; start += rate / 5) {
    devices.deliver('microphone', samples.subarray(start, start + rate / 5));
    await turn();
  }
}

/** All that is stored of a recording's sound: interleaved samples. */
export async function recorded({ vault, database }: Workspace, recordingId: string): Promise<Int16Array> {
  const source = await CaptureSource.ofEnded({ vault, database }, recordingId);
  if (source === null) throw new Error('It was not captured.');
  const bytes = new Uint8Array(source.sizeBytes);
  await source.read(bytes, 0);
  return new Int16Array(bytes.buffer);
}

/** What is said in a recording of `e2e/fixtures`, by everybody or by one of its speakers. */
export function saidIn(name: string, speaker: number | null = null): string[] {
  const file = join(resourcesFolder(), '..', 'e2e', 'fixtures', 'references.json');
  const { [name]: reference } = JSON.parse(readFileSync(file, 'utf8'));
  const segments: { text: string; speaker: number }[] = reference.segments;
  const said = segments.filter((segment) => speaker === null || segment.speaker === speaker);
  return wordsOf(said.map(({ text }) => text).join(' '));
}

/** The words of a version, or of one of its speakers. */
export async function wordsOfVersion(
  { database }: Workspace,
  versionId: string,
  speaker: string | null = null,
): Promise<string[]> {
  const texts: string[] = [];
  for await (const { segment } of eachSegment(database, versionId)) {
    if (speaker === null || segment.speaker === speaker) texts.push(segment.text);
  }
  return wordsOf(texts.join(' '));
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}
