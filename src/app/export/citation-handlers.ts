import type { Handlers } from '../../contract/ipc.ts';
import type { Citations } from './citations.ts';

/** Dependencies of the citation requests. */
export interface CitationsApp {
  readonly citations: Citations;
}

/**
 * Request handlers of citations.
 * @param open throws `vault.sealed` unless the vault is open.
 * @param copy puts a text into the clipboard.
 */
export function citationHandlers(
  open: () => CitationsApp,
  copy: (text: string) => void,
): Pick<Handlers, Extract<keyof Handlers, `citations.${string}`>> {
  return {
    'citations.copy': async ({ recordingId, from, to }) => {
      const { place, quote } = await open().citations.cite(recordingId, from, to);
      copy(quote.includes('\n') ? `${quote}\n(${place})` : `${quote} (${place})`);
      return { place };
    },
    'citations.find': ({ recordingId, page, line }) => open().citations.find(recordingId, page, line),
  };
}
