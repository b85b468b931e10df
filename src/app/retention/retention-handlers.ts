import type { Handlers } from '../../contract/ipc.ts';
import type { Retention } from './retention.ts';

/** Dependencies of the requests about retention. */
export interface RetentionApp {
  readonly retention: Retention;
}

/**
 * Request handlers of retention and of certificates of erasing.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function retentionHandlers(
  open: () => RetentionApp,
  parts: {
    /** Lets the user choose where to save a certificate; null if cancelled. */
    readonly chooseFile: () => Promise<string | null>;
    readonly print: (html: readonly Uint8Array[]) => Promise<Uint8Array>;
  },
): Pick<Handlers, Extract<keyof Handlers, `retention.${string}`>> {
  return {
    'retention.view': ({ matterId }) => open().retention.view(matterId),
    'retention.set': ({ matterId, ...wanted }) => open().retention.set(matterId, wanted),
    'retention.hold': ({ matterId, held }) => open().retention.hold(matterId, held),
    'retention.due': () => open().retention.due(),
    'retention.confirmClock': () => open().retention.confirmClock(),
    'retention.eraseDue': ({ ids, count, withNames }) => open().retention.eraseDue(ids, count, withNames),
    'retention.eraseCertified': ({ ids, count, withNames }) =>
      open().retention.eraseCertified(ids, count, withNames),
    'retention.certificates': () => open().retention.certificates.list(),
    'retention.saveCertificate': async ({ id }) => {
      const { certificates } = open().retention;
      const file = await parts.chooseFile();
      if (file === null) return { saved: false };
      await certificates.save(id, file, parts.print);
      return { saved: true };
    },
  };
}
