import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import { engineOfChild } from '../app/jobs/engine-child.ts';

/** The engine's program: the build bundles it into a separate file by this name. */
const ENGINE_FILE = fileURLToPath(new URL('../engine/main.ts', import.meta.url));

/**
 * Starts the engine as a utility process. It is not sandboxed, so it gets nothing of value: no key, no environment, no
 * path but a model's.
 */
export function launchUtilityEngine(): ReturnType<typeof engineOfChild> {
  const child = utilityProcess.fork(ENGINE_FILE, [], {
    env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot ?? '' } : {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: 'VoiceSync speech engine',
  });
  return engineOfChild({
    get pid() {
      return child.pid;
    },
    // Typed as any stream; Electron's is readable.
    stderr: child.stderr as Readable | null,
    send: (request) => child.postMessage(request),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
  });
}
