import type { Answer, NumberedEvent, RequestInput, RequestName, RequestOutput } from './ipc.ts';

/* The preload script imports values from here: nothing in this file loads zod. */

/** The name under which the page finds the bridge: `window.voicesync`. */
export const BRIDGE_NAME = 'voicesync';

/** The IPC channel of requests: name and input, answered with an `Answer`. */
export const REQUEST_CHANNEL = 'voicesync:request';

/** The IPC channel of every `NumberedEvent`. */
export const EVENT_CHANNEL = 'voicesync:event';

/** The page's input of a request. It has Files in place of main's paths: paths never reach the page. */
export type BridgeInput<N extends RequestName> = N extends 'library.import'
  ? Omit<RequestInput<N>, 'paths'> & { readonly files: readonly File[] }
  : RequestInput<N>;

/** The page's only way out: one function for every request, and the events. */
export type Bridge = {
  readonly [N in RequestName]: (input: BridgeInput<N>) => Promise<Answer<RequestOutput<N>>>;
} & {
  /** Calls the listener with every event from now on; returns the unsubscribe function. */
  readonly subscribe: (listener: (event: NumberedEvent) => void) => () => void;
};
