import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Diagnostic } from '../../contract/diagnostics.ts';

/**
 * Events for a log: the program that composes the domain subscribes (`keepLog`), and without a subscriber
 * noting costs nothing. A channel of Node's own, so that a child crashing deep in the domain is noted without a logger
 * being passed through everything above it. Threads have channels of their own; errors are sent to the main thread, and
 * are noted there.
 */
const CHANNEL = 'voicesync:diagnostics';
const diagnostics = channel(CHANNEL);

/** Notes that something happened. Never throws. */
export function note(what: Diagnostic): void {
  if (diagnostics.hasSubscribers) diagnostics.publish(what);
}

/** Subscribes to everything noted from now on; returns the function that unsubscribes. */
export function onNoted(listener: (what: Diagnostic) => void): () => void {
  const receive = (message: unknown) => listener(message as Diagnostic);
  subscribe(CHANNEL, receive);
  return () => void unsubscribe(CHANNEL, receive);
}
