import type { Handlers } from '../../contract/ipc.ts';
import type { Matters } from './matters.ts';

/** What the requests about matters work on. */
export interface MattersApp {
  readonly matters: Matters;
  readonly library: {
    /** Deletes a matter and keeps its recordings, or puts them into the bin. */
    deleteMatter(matterId: string, withRecordings: 'keep' | 'bin'): Promise<void>;
    /** Tells the window of the matters. */
    touchMatters(): void;
  };
}

/**
 * Answers what concerns matters.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function mattersHandlers(
  open: () => MattersApp,
): Pick<Handlers, Extract<keyof Handlers, `matters.${string}`>> {
  return {
    'matters.list': () => open().matters.list(),
    'matters.delete': ({ id, recordings }) => open().library.deleteMatter(id, recordings),
    'matters.save': async (matter) => {
      const { matters, library } = open();
      const saved = await matters.save(matter);
      library.touchMatters();
      return saved;
    },
    'matters.draft': () => open().matters.draft(),
    'matters.keepDraft': (draft) => open().matters.keepDraft(draft),
  };
}
