import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JobOptions } from '../../contract/job.ts';
import type { FaultPoint } from '../../core/fault-points.ts';

/** Work of a run in its own process: resumes what is in its vault, or begins with a source. */
export interface RunOrder {
  /** A vault made by `makeVault`; null works in an ephemeral vault inside `ephemeralParent`. */
  readonly vault: string | null;
  readonly ephemeralParent: string;
  /** To be imported unless an unfinished job for it is in the vault. */
  readonly source: string;
  /** The folder of plain text. */
  readonly out: string;
  /** Whether it replaces a text of the same name; true if omitted. */
  readonly overwrite?: boolean;
  readonly options: JobOptions;
  /** Whether the real engine transcribes, and not the replaying one. */
  readonly withRealEngine?: boolean;
  /** Log file with a line for every named point reached, in all runs. */
  readonly log: string;
  /** The process kills itself when it reaches this point for the nth time. */
  readonly killAt: { readonly point: FaultPoint; readonly count: number } | null;
}

const PROGRAM = fileURLToPath(new URL('./killed-run-child.ts', import.meta.url));

/** A run in its own process, to be killed from outside or to end by itself. */
export class ChildRun {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #errors: string[] = [];

  /** `env` is added to this process's environment. */
  constructor(order: RunOrder, env: Readonly<Record<string, string>> = {}) {
    this.#child = fork(PROGRAM, [JSON.stringify(order)], {
      execArgv: [],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#errors.push(chunk.toString()));
    this.#ended = once(this.#child, 'exit');
  }

  /** Kills it as a power cut would, after a time or at once; harmless if it has ended. */
  async kill(afterMs = 0): Promise<void> {
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), afterMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Waits for its end: true if it finished, false if it was killed. Throws its output if it failed. */
  async finished(): Promise<boolean> {
    await this.#ended;
    if (this.#child.exitCode === 0) return true;
    if (this.#child.signalCode === 'SIGKILL') return false;
    throw new Error(`The run failed: ${this.#errors.join('')}`);
  }
}

/** How often a point was reached in all runs that wrote this log. */
export function timesReached(log: string, point: FaultPoint): number {
  if (!existsSync(log)) return 0;
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line === point).length;
}
