import type { Handlers } from '../../contract/ipc.ts';
import type { SignOffs } from './sign-offs.ts';

/** Dependencies of the requests about checked texts. */
export interface SignOffApp {
  readonly signOffs: SignOffs;
}

/**
 * Request handlers of sign-off.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function signOffHandlers(
  open: () => SignOffApp,
): Pick<Handlers, Extract<keyof Handlers, `signOff.${string}`>> {
  return {
    'signOff.view': ({ recordingId }) => open().signOffs.view(recordingId),
    'signOff.heard': ({ recordingId, spans }) => open().signOffs.heard(recordingId, spans),
    'signOff.check': ({ recordingId, by }) => open().signOffs.check(recordingId, by),
    'signOff.takeBack': async ({ recordingId }) => ({
      changed: await open().signOffs.takeBack(recordingId),
    }),
  };
}
