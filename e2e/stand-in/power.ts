import { EventEmitter } from 'node:events';
import type { PowerMonitor, PowerSaveBlocker } from 'electron';
import { namingMissing, namingMissingEvents } from './missing.ts';

class StandInPowerMonitor extends EventEmitter implements Partial<Omit<PowerMonitor, keyof EventEmitter>> {
  readonly onBatteryPower = false;

  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }

  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(): 'active' {
    return 'active';
  }
}

/** The system's power; a spec emits its events: `suspend`, `lock-screen`. */
export const powerMonitor = namingMissingEvents('powerMonitor', new StandInPowerMonitor(), [
  ...['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown', 'on-ac', 'on-battery'],
]);

const started = new Set<number>();
let lastId = 0;

/** Electron's `powerSaveBlocker`, which keeps the system awake. */
export const powerSaveBlocker = namingMissing('powerSaveBlocker', {
  start: () => {
    lastId += 1;
    started.add(lastId);
    return lastId;
  },
  stop: (id) => started.delete(id),
  isStarted: (id) => started.has(id),
} satisfies Partial<PowerSaveBlocker>);
