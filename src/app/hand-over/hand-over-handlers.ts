import { basename } from 'node:path';
import { AppError, isAppError } from '../../contract/errors.ts';
import type { AppEvent, Handlers } from '../../contract/ipc.ts';
import { safeBaseName } from '../../core/files/safe-file-name.ts';
import type { Matters } from '../matters/matters.ts';
import { freeHandOverFile } from './hand-over-name.ts';
import { HAND_OVER_ENDING, type HandOvers, type HandOverWatch } from './hand-overs.ts';
import type { ChosenHandOver } from './offered-hand-over.ts';

/** Dependencies of the requests to hand matters over. */
export interface HandOverApp {
  readonly matters: Pick<Matters, 'list'>;
  readonly handOvers: HandOvers;
}

/**
 * Request handlers of handing matters over and receiving them. The page never knows the path of a file.
 * @param open throws `vault.sealed` unless the vault is open.
 */
export function handOverHandlers(
  open: () => HandOverApp,
  parts: {
    /** Let the user choose; null if cancelled. */
    readonly chooseFolder: () => Promise<string | null>;
    readonly chooseFile: (endings: readonly string[]) => Promise<string | null>;
    readonly tell: (event: AppEvent) => void;
    readonly chosen: ChosenHandOver;
  },
): Pick<Handlers, Extract<keyof Handlers, `handOver.${string}`>> {
  let stop: AbortController | null = null;

  /** Runs one at a time; `stopped` if the user has stopped it. */
  async function stoppable<T>(work: (watch: HandOverWatch) => Promise<T>): Promise<T | 'stopped'> {
    const own = new AbortController();
    stop?.abort();
    stop = own;
    const onProgress = (done: number, total: number) =>
      parts.tell({ type: 'keepingProgress', progress: { done, total } });
    onProgress(0, 0);
    try {
      return await work({ signal: own.signal, onProgress });
    } catch (error) {
      if (own.signal.aborted && !isAppError(error)) return 'stopped';
      throw error;
    }
  }

  return {
    'handOver.write': async ({ matterId, passphrase, withVoices }) => {
      const { matters, handOvers } = open();
      const matter = (await matters.list()).find(({ id }) => id === matterId);
      if (matter === undefined) throw new AppError('matter.notFound', {});
      const folder = await parts.chooseFolder();
      if (folder === null) return 'cancelled';
      const file = freeHandOverFile(folder, safeBaseName(matter.name));
      const done = await stoppable((watch) =>
        handOvers.handOver({ matterId, file, passphrase, withVoices }, watch),
      );
      return done === 'stopped' ? done : { file, recordings: done.recordings };
    },
    'handOver.choose': async () => {
      // Nothing is asked while the vault is sealed.
      open();
      const file = await parts.chooseFile([HAND_OVER_ENDING.slice(1)]);
      if (file !== null) parts.chosen.file = file;
      return { name: file === null ? null : basename(file) };
    },
    'handOver.receive': async ({ passphrase }) => {
      const { handOvers } = open();
      const { file } = parts.chosen;
      if (file === null) throw new AppError('usage.invalid', { problem: 'file' });
      return await stoppable((watch) => handOvers.receive({ file, passphrase }, watch));
    },
    'handOver.stop': () => {
      open();
      stop?.abort();
    },
  };
}
