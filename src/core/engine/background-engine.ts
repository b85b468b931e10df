import { stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { Engine } from './engine.ts';
import type { EngineLimits } from './engine-limits.ts';
import { withPriority } from './engine-priority.ts';
import type { EngineLauncher } from './engine-process.ts';

/** An engine that only gets the time that others leave answers when it can: what counts as hung comes much later. */
const BACKGROUND_LIMITS: Partial<EngineLimits> = {
  startMs: 10 * 60_000,
  loadMs: 60 * 60_000,
  firstWindowMs: 6 * 3_600_000,
  windowMinimumMs: 3_600_000,
  voiceActivityMs: 3_600_000,
};

/** Beside its weights a model needs memory for what it computes, about as much again for the small ones. */
const WORKING_BYTES = 700 * 1024 ** 2;

/** An engine of its own, started when needed, whose process has the lowest priority of the operating system. */
export function backgroundEngine(launch: EngineLauncher): Engine {
  return new Engine(() => withPriority(launch(), constants.priority.PRIORITY_LOW), BACKGROUND_LIMITS);
}

/** Whether a model fits into this much free memory besides what runs. False if its file cannot be read. */
export async function fitsInMemory(modelPath: string, freeBytes: number): Promise<boolean> {
  try {
    return freeBytes >= (await stat(modelPath)).size + WORKING_BYTES;
  } catch {
    // The job reports what is wrong with the file, once it runs.
    return false;
  }
}
