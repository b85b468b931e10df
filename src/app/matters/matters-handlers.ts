import type { Handlers } from '../../contract/ipc.ts';
import type { Matters } from './matters.ts';

/** Dependencies of the matter requests. */
export interface MattersApp {
  readonly matters: Matters;
}

/**
 * Request handlers of matters.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function mattersHandlers(
  open: () => MattersApp,
): Pick<Handlers, Extract<keyof Handlers, `matters.${string}`>> {
  return {
    'matters.list': () => open().matters.list(),
    'matters.delete': ({ id, recordings }) => open().matters.remove(id, recordings),
    'matters.save': (matter) => open().matters.save(matter),
    'matters.draft': () => open().matters.draft(),
    'matters.keepDraft': (draft) => open().matters.keepDraft(draft),
  };
}
