import { constants, setPriority } from 'node:os';
import type { ProcessingQuality } from '../../contract/quality.ts';
import type { EngineProcess } from './engine-process.ts';

/** Process priorities as `os.setPriority` takes them: on Unix niceness, on Windows one of six classes. */
export const ENGINE_PRIORITY: Readonly<Record<ProcessingQuality, number>> = {
  quiet: constants.priority.PRIORITY_BELOW_NORMAL,
  balanced: constants.priority.PRIORITY_NORMAL,
  // A higher one needs an administrator's rights on Unix, and on Windows makes the mouse stutter.
  fast: constants.priority.PRIORITY_NORMAL,
};

/**
 * An engine process at this priority. The threads that it starts inherit it: none that computes has been started before its
 * ready line.
 */
export function withPriority(engine: EngineProcess, priority: number): EngineProcess {
  if (priority === constants.priority.PRIORITY_NORMAL) return engine;
  setIfRunning(engine.pid, priority);
  let isReady = false;
  engine.onMessage(() => {
    // Electron knows the process id only once the process was started.
    if (!isReady) setIfRunning(engine.pid, priority);
    isReady = true;
  });
  return engine;
}

function setIfRunning(pid: number | undefined, priority: number): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, priority);
  } catch {
    // It has just ended, or the system refuses: it then runs as any other.
  }
}
