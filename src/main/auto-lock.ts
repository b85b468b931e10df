import { powerMonitor } from 'electron';
import { AutoLock, type AutoLockParts } from '../app/window/auto-lock.ts';

/** How often it is looked whether anybody is there. */
const LOOK_MS = 5_000;

/** Locks when nobody has touched the machine for a while, when it is suspended, and when its screen is locked. */
export function watchOver(
  parts: AutoLockParts & {
    readonly lock: () => void;
    /** Called from time to time: what was locked with work running may be done by now. */
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
