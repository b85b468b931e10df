/**
 * Gives what a source gives, one ahead: while the one in hand is worked with, the next is already asked for. When its taker
 * leaves, the source's signal is aborted and its last answer awaited: nothing of it goes on behind. Throws what the source
 * throws, once everything before that is taken.
 */
export async function* prefetch<T>(
  begin: (signal: AbortSignal) => AsyncGenerator<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const leaving = new AbortController();
  const source = begin(AbortSignal.any([signal, leaving.signal]));
  let next = source.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = source.next();
      // Whoever asks for it gets its error; until then it is no unhandled rejection.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    leaving.abort();
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}
