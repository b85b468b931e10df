import type { Answer, NumberedEvent, RequestInput, RequestName, RequestOutput } from './ipc.ts';

/* The preload script takes its values from here: nothing in this file loads zod. */

/** The name under which the page finds the bridge: `window.voicesync`. */
export const BRIDGE_NAME = 'voicesync';

/** The channel that every request goes through: its name and its input, answered with an `Answer`. */
export const REQUEST_CHANNEL = 'voicesync:request';

/** The channel that every `NumberedEvent` comes through. */
export const EVENT_CHANNEL = 'voicesync:event';

/** What the page gives for a request. Files stand where main gets paths: their paths never reach the page. */
export type BridgeInput<N extends RequestName> = N extends 'library.import'
  ? Omit<RequestInput<N>, 'paths'> & { readonly files: readonly File[] }
  : RequestInput<N>;

/** The page's only way out: one function for every request, and the events. */
export type Bridge = {
  readonly [N in RequestName]: (input: BridgeInput<N>) => Promise<Answer<RequestOutput<N>>>;
} & {
  /** Calls the listener with every event from now on; gives back how to stop. */
  readonly subscribe: (listener: (event: NumberedEvent) => void) => () => void;
};
