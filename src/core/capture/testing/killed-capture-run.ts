import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultPoint } from '../../fault-points.ts';

/** A recording that its process does not survive: samples of `numbered`, until it reaches a point for the nth time. */
export interface KilledCapture {
  readonly folder: string;
  readonly recoveryKey: string;
  readonly sampleRate: number;
  readonly killAt: { readonly point: FaultPoint; readonly count: number };
}

const PROGRAM = fileURLToPath(new URL('./killed-capture.ts', import.meta.url));

/** Records in a process of its own until that kills itself, as a power cut would. Throws its output if it failed. */
export async function recordUntilKilled(order: KilledCapture): Promise<void> {
  const child = fork(PROGRAM, [JSON.stringify(order)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk.toString()));
  await once(child, 'exit');
  if (child.signalCode !== 'SIGKILL') throw new Error(`The recording failed: ${errors.join('')}`);
}
