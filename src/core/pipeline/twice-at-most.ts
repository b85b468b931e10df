import { type AppError, isAppError } from '../../contract/errors.ts';

/**
 * Does something again where the engine failed on it: what kills or stalls the engine once may have had bad luck. Throws
 * what the second try throws, and at once whatever is not the engine's failure.
 */
export async function twiceAtMost<T>(
  work: () => Promise<T>,
  onFailure?: (error: AppError) => Promise<void> | void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error, 'engine.crashed', 'engine.stalled', 'engine.failed')) throw error;
    await onFailure?.(error);
    return await work();
  }
}
