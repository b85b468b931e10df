import type { Handlers } from '../../contract/ipc.ts';
import type { Voices } from './voices.ts';

/** Dependencies of the requests about known voices. */
export interface VoicesApp {
  readonly voices: Voices;
}

/**
 * Request handlers of known voices.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function voiceHandlers(
  open: () => VoicesApp,
): Pick<Handlers, Extract<keyof Handlers, `voices.${string}`>> {
  return {
    'voices.list': ({ matterId }) => open().voices.list(matterId),
    'voices.remember': (asked) => open().voices.remember(asked),
    'voices.setExpiry': ({ id, expiresAtMs }) => open().voices.setExpiry(id, expiresAtMs),
    'voices.settle': ({ recordingId, voiceId }) => open().voices.settle(recordingId, voiceId),
    'voices.forget': ({ ids }) => open().voices.forget(ids),
  };
}
