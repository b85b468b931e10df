import { powerMonitor } from 'electron';

/** How often it is looked whether anybody is there. */
const LOOK_MS = 5_000;

/** What decides when the curtain falls. */
export interface AutoLockParts {
  /** Minutes without input after which the vault is locked; null for never. */
  readonly lockAfterMinutes: () => number | null;
  /** Whether sound is playing, or being recorded, or files are written that somebody waits for. */
  readonly isInUse: () => boolean;
  readonly lock: () => void;
  /** Called from time to time: what was locked with work running may be done by now. */
  readonly look: () => void;
}

/** Locks when nobody has touched the machine for a while, when it is suspended, and when its screen is locked. */
export function watchOver(parts: AutoLockParts): void {
  let lastUsedMs = 0;
  const timer = setInterval(() => {
    parts.look();
    if (parts.isInUse()) lastUsedMs = Date.now();
    const minutes = parts.lockAfterMinutes();
    if (minutes === null) return;
    const idleSeconds = Math.min(powerMonitor.getSystemIdleTime(), (Date.now() - lastUsedMs) / 1000);
    if (idleSeconds >= minutes * 60) parts.lock();
  }, LOOK_MS);
  timer.unref();
  powerMonitor.on('suspend', parts.lock);
  powerMonitor.on('lock-screen', parts.lock);
}
