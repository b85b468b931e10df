import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Diagnostic } from '../../contract/diagnostics.ts';

/**
 * What happens, for whoever keeps a log: the program that composes the domain listens (`keepLog`), and where nobody does,
 * noting costs nothing. A channel of Node's own, so that a dying child deep in the domain can be noted without a logger
 * being handed through everything above it. Threads have channels of their own; errors cross to the main thread, and
 * are noted there.
 */
const CHANNEL = 'voicesync:diagnostics';
const diagnostics = channel(CHANNEL);

/** Notes that something happened. Never throws. */
export function note(what: Diagnostic): void {
  if (diagnostics.hasSubscribers) diagnostics.publish(what);
}

/** Hears of everything that is noted from now on; gives back how to stop. */
export function onNoted(listener: (what: Diagnostic) => void): () => void {
  const receive = (message: unknown) => listener(message as Diagnostic);
  subscribe(CHANNEL, receive);
  return () => void unsubscribe(CHANNEL, receive);
}
