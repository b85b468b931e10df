import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultPoint } from '../../core/fault-points.ts';

/** A hand-over in a process of its own, and where that is killed. */
export interface HandOverKill {
  /** A vault made by `makeVault`. */
  readonly vault: string;
  /** The matter that is handed over; null: the file is received. */
  readonly matterId: string | null;
  readonly file: string;
  readonly point: FaultPoint;
  /** How often the point is reached. */
  readonly times: number;
}

const PROGRAM = fileURLToPath(new URL('./killed-hand-over-child.ts', import.meta.url));

/** Runs it until it is killed, as by a power cut. Throws its output if it ends before. */
export async function killedHandOver(order: HandOverKill): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  await once(child, 'close');
  if (child.signalCode !== 'SIGKILL') throw new Error(`It ended before it was killed: ${complaint}`);
}
