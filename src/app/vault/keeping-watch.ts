import type { CopyWatch } from '../../core/vault/verified-copy.ts';

/**
 * Progress of a backup or check, in sealed objects, or of a copy, in bytes, and a signal to stop it: then its reason is
 * thrown.
 */
export interface KeepingWatch {
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** How often at most the copied bytes are told. */
const TELL_EVERY_MS = 100;

/** A watch over copied files that tells how many of `total` bytes are copied. */
export function watchBytes({ onProgress, signal }: KeepingWatch, total: number): CopyWatch {
  let done = 0;
  let toldAtMs = 0;
  return {
    ...(signal && { signal }),
    onBytes: (bytes) => {
      done += bytes;
      const nowMs = performance.now();
      if (nowMs - toldAtMs < TELL_EVERY_MS) return;
      toldAtMs = nowMs;
      onProgress?.(Math.min(done, total), total);
    },
  };
}
