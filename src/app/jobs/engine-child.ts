import type { Readable } from 'node:stream';
import type { EngineRequest } from '../../contract/engine.ts';
import { EngineEnd, signalInExitCode } from '../../core/engine/engine-end.ts';
import type { EngineProcess } from '../../core/engine/engine-process.ts';

/** The engine as a child of a shell, which reports exit code and signal as one number. */
export interface EngineChild {
  readonly pid: number | undefined;
  readonly stderr: Readable | null;
  send(request: EngineRequest): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number) => void): void;
}

/** The engine process that a shell has started as a child; its end is logged. */
export function engineOfChild(child: EngineChild): EngineProcess {
  const end = new EngineEnd(child.stderr);
  child.onExit((code) => end.ended(code, signalInExitCode(code)));
  return {
    get pid() {
      return child.pid;
    },
    send: (request) => child.send(request),
    onMessage: (listener) => child.onMessage(listener),
    onExit: (listener) => child.onExit(listener),
    kill: () => {
      end.killed();
      // A hung process would ignore a request to end.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
