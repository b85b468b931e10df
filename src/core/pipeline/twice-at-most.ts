import { type AppError, isAppError } from '../../contract/errors.ts';

/**
 * Repeats something once if the engine failed on it: a crash or stall of the engine may not recur. Throws
 * what the second try throws, and at once whatever is not the engine's failure.
 */
export async function twiceAtMost<T>(
  work: () => Promise<T>,
  onFailure?: (error: AppError) => Promise<void> | void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isEngineFailure(error)) throw error;
    await onFailure?.(error);
    return await work();
  }
}

/** Whether the engine failed on what it was asked, and might not the next time. */
export function isEngineFailure(error: unknown): error is AppError {
  return isAppError(error, 'engine.crashed', 'engine.stalled', 'engine.failed');
}
