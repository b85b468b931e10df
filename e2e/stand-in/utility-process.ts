import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ForkOptions, UtilityProcess } from 'electron';
import { namingMissing } from './missing.ts';
import { NODE } from './node-executable.ts';

const PARENT_PORT = fileURLToPath(new URL('./parent-port.ts', import.meta.url));

class StandInUtilityProcess
  extends EventEmitter
  implements Partial<Omit<UtilityProcess, keyof EventEmitter>>
{
  private readonly child: ChildProcess;

  constructor(file: string, args: readonly string[], { env, cwd, stdio, execArgv = [] }: ForkOptions) {
    super();
    const streams = Array.isArray(stdio) ? stdio : Array(3).fill(stdio ?? 'inherit');
    this.child = fork(file, args, {
      execPath: NODE,
      // Node would otherwise pass on its own arguments, the inspector's among them.
      execArgv: [...execArgv, '--import', PARENT_PORT],
      serialization: 'advanced',
      stdio: ['ignore', streams[1], streams[2], 'ipc'],
      ...(env && { env: env as NodeJS.ProcessEnv }),
      ...(cwd !== undefined && { cwd }),
    });
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code, signal) =>
      this.emit('exit', code ?? constants.signals[signal ?? 'SIGKILL']),
    );
    this.child.on('error', () => undefined);
    process.on('exit', () => this.child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.child.exitCode === null && this.child.signalCode === null ? this.child.pid : undefined;
  }

  get stdout() {
    return this.child.stdout;
  }

  get stderr() {
    return this.child.stderr;
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object, () => undefined);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

/** Electron's utility processes: plain Node child processes here. */
export const utilityProcess = namingMissing('utilityProcess', {
  fork: (file: string, args: readonly string[] = [], options: ForkOptions = {}) =>
    namingMissing('UtilityProcess', new StandInUtilityProcess(file, args, options)),
});
