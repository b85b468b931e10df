import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { EngineEnd, signalInExitCode } from '../core/engine/engine-end.ts';
import type { EngineProcess } from '../core/engine/engine-process.ts';

/** The engine's program: the build makes a file of its own of what is named so. */
const ENGINE_FILE = fileURLToPath(new URL('../engine/main.ts', import.meta.url));

/**
 * Starts the engine as a utility process. It is not sandboxed, so it gets nothing worth having: no key, no environment, no
 * path but a model's.
 */
export function launchUtilityEngine(): EngineProcess {
  const child = utilityProcess.fork(ENGINE_FILE, [], {
    env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: 'VoiceSync speech engine',
  });
  // Its types allow for any stream; Electron gives one to read from.
  const end = new EngineEnd(child.stderr as Readable | null);
  child.once('exit', (code) => end.ended(code, signalInExitCode(code)));
  return {
    get pid() {
      return child.pid;
    },
    send: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    kill: () => {
      end.killed();
      // A polite end is for processes that still listen.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
