/**
 * Awaits a promise, which continues for other callers if this wait is aborted. Throws the reason of a signal that is aborted
 * before or meanwhile, even if the promise is settled.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return await Promise.race([aborted.promise, promise]).finally(() =>
    signal.removeEventListener('abort', abort),
  );
}
