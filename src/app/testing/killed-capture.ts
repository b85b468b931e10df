import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A recording in a process of its own. */
export interface CaptureOrder {
  /** A vault made by `makeVault`. */
  readonly vault: string;
  /** In hertz. */
  readonly sampleRate: number;
  /** Of its `ToldSound`. */
  readonly salt: number;
  /** Seconds of sound in a second. */
  readonly speed: number;
}

const PROGRAM = fileURLToPath(new URL('./killed-capture-child.ts', import.meta.url));

/**
 * Records until it is killed, as by a power cut, so many milliseconds after its first frame. Returns how many sample frames
 * its devices had delivered. Throws its output if it ends before.
 */
export async function killedCapture(order: CaptureOrder, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await Promise.race([delay(afterMs), ended]);
  child.kill('SIGKILL');
  await ended;
  if (child.signalCode !== 'SIGKILL') throw new Error(`It ended before it was killed: ${complaint}`);
  return Number(said.trim().split('\n').at(-1));
}
