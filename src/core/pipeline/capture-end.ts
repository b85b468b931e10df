import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../database/database.ts';

/** Milliseconds between two looks whether a capture has ended. */
const POLL_MS = 200;

/**
 * Resolves when the capture of a recording has ended, at once if it has none; what is said last is confirmed only then.
 * `forMs`: the longest wait. Rejects when `signal` aborts.
 */
export async function captureEnded(
  database: Database,
  recordingId: string,
  { forMs, signal }: { forMs: number; signal: AbortSignal },
): Promise<void> {
  const lastMs = performance.now() + forMs;
  while ((await database.captures.get(recordingId))?.state === 'recording' && performance.now() < lastMs) {
    await wait(POLL_MS, undefined, { signal });
  }
}
