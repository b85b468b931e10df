import { powerMonitor } from 'electron';
import { AutoLock, type AutoLockParts } from '../app/window/auto-lock.ts';

/** Interval of the check for idleness. */
const LOOK_MS = 5_000;

/** Auto-lock: when the machine is idle for a while, when it is suspended, and when its screen is locked. */
export function watchOver(
  parts: AutoLockParts & {
    readonly lock: () => void;
    /** Called periodically: jobs that ran when it was locked may be done. */
    readonly look: () => void;
  },
): void {
  const autoLock = new AutoLock(parts);
  const timer = setInterval(() => {
    parts.look();
    if (autoLock.isDue(powerMonitor.getSystemIdleTime(), Date.now())) parts.lock();
  }, LOOK_MS);
  timer.unref();
  powerMonitor.on('suspend', parts.lock);
  powerMonitor.on('lock-screen', parts.lock);
}
