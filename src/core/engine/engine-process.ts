import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineRequest } from '../../contract/engine.ts';
import { EngineEnd } from './engine-end.ts';

/** A started engine process, however it was started. */
export interface EngineProcess {
  /** Its process id, once it has been started. */
  readonly pid: number | undefined;
  send(request: EngineRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process has ended for any reason; with its exit code, if it had one. */
  onExit(listener: (code: number | null) => void): void;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts an engine process: Electron's main process uses `utilityProcess`, everything else `forkEngine`. */
export type EngineLauncher = () => EngineProcess;

/**
 * The engine needs nothing from the user's environment, which may contain secrets, proxies or preloaded libraries.
 * NODE_COMPILE_CACHE, which the command line sets, is the folder of compiled code.
 */
const ENGINE_ENVIRONMENT: NodeJS.ProcessEnv = Object.fromEntries(
  Object.entries({
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    SystemRoot: process.platform === 'win32' ? process.env.SystemRoot : undefined,
  }).filter(([, value]) => value !== undefined),
);

const ENGINE_PROGRAM = fileURLToPath(new URL('../../engine/main.ts', import.meta.url));

/** Starts the engine, or for tests another program in its place, under Node, as a child that ends with this process. */
export function forkEngine(program: string = ENGINE_PROGRAM): EngineProcess {
  const child = fork(program, [], {
    // Advanced serialisation transfers PCM as bytes; JSON would write every sample in digits.
    serialization: 'advanced',
    env: ENGINE_ENVIRONMENT,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = new EngineEnd(child.stderr);
  child.on('exit', (code, signal) => end.ended(code, signal));
  return {
    pid: child.pid,
    send: (request) => {
      // If the process has just died, its exit fails the request.
      if (child.connected) child.send(request, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      let told = false;
      const tellOnce = (code: number | null) => {
        if (!told) listener(code);
        told = true;
      };
      child.on('exit', tellOnce);
      child.on('error', () => tellOnce(null));
    },
    kill: () => {
      end.killed();
      child.kill('SIGKILL');
    },
  };
}
