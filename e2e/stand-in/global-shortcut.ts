import type { GlobalShortcut } from 'electron';
import { namingMissing } from './missing.ts';

class StandInGlobalShortcut implements Partial<GlobalShortcut> {
  /** Keys that another program has taken: a spec puts them here. */
  readonly taken = new Set<string>();
  private readonly callbacks = new Map<string, () => void>();

  register(accelerator: string, callback: () => void): boolean {
    if (this.taken.has(accelerator) || this.callbacks.has(accelerator)) return false;
    this.callbacks.set(accelerator, callback);
    return true;
  }

  isRegistered(accelerator: string): boolean {
    return this.callbacks.has(accelerator);
  }

  unregister(accelerator: string): void {
    this.callbacks.delete(accelerator);
  }

  unregisterAll(): void {
    this.callbacks.clear();
  }

  /** Presses registered keys, as a spec wishes. */
  press(accelerator: string): void {
    const callback = this.callbacks.get(accelerator);
    if (callback === undefined) throw new Error(`Nothing is registered for ${accelerator}.`);
    callback();
  }
}

/** Keys that work in any program; a spec presses them. */
export const globalShortcut = namingMissing('globalShortcut', new StandInGlobalShortcut());
